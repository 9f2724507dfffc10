/** The frame of every emulator page: plain server-made HTML, keyboard-friendly, no script. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageFrame {
  /** The vendor's name as shown, such as `Lever`. */
  vendor: string;
  title: string;
  /** Absolute base of the pages, such as `/lever`. */
  base: string;
  /** Tabs: path below `base` and label. */
  tabs: ReadonlyArray<readonly [path: string, label: string]>;
  body: Html;
  /** One sentence shown on top after an action. */
  notice?: string | undefined;
  /** A page of the sandbox itself, not of a vendor. */
  own?: boolean;
}

const style = `
:root{color-scheme:light dark;--line:#8886;--soft:#8882;--accent:#0b57d0}
@media (prefers-color-scheme:dark){:root{--accent:#8ab4f8}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:68rem;padding:0 1rem 4rem}
header{padding:.75rem 0;border-bottom:1px solid var(--line);margin-bottom:1rem}
header small{display:block}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
main nav{margin:1rem 0}
a{color:var(--accent)}
h1{font-size:1.4rem;margin:.5rem 0 1rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
td{overflow-wrap:anywhere}.scroll td{overflow-wrap:normal}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td form{display:inline-block;margin:0 .25rem .25rem 0}
caption{text-align:left;padding:.4rem .6rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}
dd{margin:0;overflow-wrap:anywhere}
form.row,div.row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.5rem 0}
label{display:inline-flex;flex-direction:column;gap:.25rem;font-size:.875rem;max-width:100%}
input,select,textarea,button{font:inherit;font-size:1rem;line-height:1.5;padding:.35rem .6rem;border:1px solid var(--line);border-radius:.3rem;background:Field;color:FieldText;max-width:100%}
input:not([type=checkbox],[type=number],[size]){width:20rem}
input[type=number]{width:6rem}
select{min-height:2.35rem}
fieldset{border:1px solid var(--line);border-radius:.3rem}
a.button{display:inline-block;padding:.35rem .6rem;border:1px solid var(--line);border-radius:.3rem;text-decoration:none;white-space:nowrap}
button{cursor:pointer;background:var(--soft);white-space:nowrap}
:root{scroll-padding-block:2rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code,pre{background:var(--soft);border-radius:.3rem;padding:.1rem .3rem;overflow-wrap:anywhere;white-space:pre-wrap}
code.url{display:inline-block;min-width:12rem}
td pre{min-width:14rem;margin:0}
a[aria-current]{font-weight:bold;text-decoration:none}
.notice{border-left:4px solid var(--accent);padding:.5rem 1rem;background:var(--soft)}
.empty{opacity:.8}
.scroll{overflow-x:auto}
`;

export const renderPage = (frame: PageFrame): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${frame.title} · ${frame.vendor}${frame.own ? '' : ' (emulated)'}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header>
          <small
            >${frame.own ? '' : `${frame.vendor}, emulated by the `}Loopwright sandbox ·
            <a href="/">all sandbox pages</a></small
          >
          <nav aria-label="${frame.vendor}">
            ${frame.tabs.map(([path, label]) => html`<a href="${frame.base}${path}">${label}</a> `)}
          </nav>
        </header>
        <main>
          <h1>${frame.title}</h1>
          ${frame.notice === undefined ? '' : html`<p class="notice" role="status">${frame.notice}</p>`}
          ${frame.body}
        </main>
      </body>
    </html>`;

/** Instants as short ISO text, so that pages read the same everywhere. */
export const instant = (at: number): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');
