/**
 * Pictures for `docs/guides`: taken by the tests that walk the guides, so that they show what is.
 * `npm run docs:pictures` takes them anew; any other run checks that each of them is there.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const folder = path.join(import.meta.dirname, '../../docs/guides/pictures');
const isTaking = process.env['LOOPWRIGHT_PICTURES'] !== undefined;

/** Pixels of page that are shown around what a picture is about. */
const margin = 24;
/** What is below is cut: the reader needs the beginning. */
const tallest = 720;

/** A field is framed together with its label. */
const withItsLabel =
  'xpath=self::*[self::select or self::textarea or self::input[not(@type="radio")]]' +
  '/ancestor::*[self::label or contains(@class, "mantine-InputWrapper-root")][1] | self::*';

interface Scrolled {
  scrollIntoView(how: { block: 'nearest' }): void;
}

/** Draws a frame around what stands at these places of the window. */
const frameAt = (box: { x: number; y: number; width: number; height: number }): string =>
  `{
    const box = document.createElement('div');
    box.id = 'picture-frame';
    Object.assign(box.style, {
      position: 'absolute', zIndex: 9999, pointerEvents: 'none', boxSizing: 'border-box',
      outline: '3px solid #e8590c', borderRadius: '6px',
      left: ${String(box.x - 4)} + scrollX + 'px', top: ${String(box.y - 4)} + scrollY + 'px',
      width: '${String(box.width + 8)}px', height: '${String(box.height + 8)}px',
    });
    document.body.append(box);
  }`;

/** What was just done, and that vendors are played, is no part of what is shown. */
const besides = (display: 'none' | ''): string =>
  `for (const one of document.querySelectorAll('.mantine-Notifications-root, [role=note][aria-label=Sandbox]'))
    one.style.display = '${display}'`;

export interface Shot {
  /** What the reader is to press or to see: framed. */
  at?: Locator;
  /** The part of the page that is shown, from its top; else what fits the window. */
  of?: Locator;
}

export const takePicture = async (page: Page, name: string, { at, of }: Shot): Promise<void> => {
  const file = path.join(folder, `${name}.png`);
  if (!isTaking) {
    assert.ok(existsSync(file), `${name}: the picture is missing. Run npm run docs:pictures.`);
    return;
  }
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 1120, height: 700 });
  await page.mouse.move(0, 0);
  await page.evaluate(besides('none'));
  await at?.evaluate((node: Scrolled) => {
    node.scrollIntoView({ block: 'nearest' });
  });
  const target = await at?.locator(withItsLabel).first().boundingBox();
  if (target) await page.evaluate(frameAt(target));
  // What is clipped is told in the measures of the page, what was found in those of the window.
  if (of) await page.evaluate('scrollTo(0, 0)');
  const box = await of?.boundingBox();
  const clip = box && {
    x: Math.max(0, box.x - margin),
    y: Math.max(0, box.y - margin),
    width: Math.min(1120, box.width + 2 * margin),
    height: Math.min(tallest, box.height + 2 * margin),
  };
  await page.screenshot({
    path: file,
    animations: 'disabled',
    caret: 'hide',
    ...(clip ? { clip, fullPage: true } : {}),
  });
  await page.evaluate("document.getElementById('picture-frame')?.remove()");
  await page.evaluate(besides(''));
  await page.setViewportSize(before);
};
