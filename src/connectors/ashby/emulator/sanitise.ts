/**
 * The HTML subset of Ashby's notes [doc]: b, i, u, a, ul, ol, li, code, pre. Any other tag is taken
 * out and its text stays; what is left is well-formed and safe to show as it is.
 */
const allowed = new Set(['b', 'i', 'u', 'a', 'ul', 'ol', 'li', 'code', 'pre']);

/** Tags whose content is no text either. */
const swallowed = /<(script|style|template|iframe|object)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;

const token =
  /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</gi;

const escapeText = (text: string): string =>
  text
    .replace(/&(?!(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const decodeEntities = (text: string): string =>
  text
    .replace(/&#(\d{1,7});?/g, (_, code: string) => fromCode(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, code: string) => fromCode(parseInt(code, 16)))
    .replace(/&(?:colon|tab|newline);/gi, (name) => (/colon/i.test(name) ? ':' : ''))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The link's target when it leads to the web or to mail; scripts and data URLs are dropped. */
const hrefOf = (attributes: string): string | null => {
  const match = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
  const href = decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
  if (!URL.canParse(href)) return null;
  return ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol) ? href : null;
};

const openTag = (name: string, attributes: string): string => {
  const href = name === 'a' ? hrefOf(attributes) : null;
  if (href === null) return `<${name}>`;
  return `<a href="${href.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}">`;
};

export const sanitiseHtml = (input: string): string => {
  const open: string[] = [];
  let output = '';
  for (const [piece, closing, rawName, attributes] of input
    .replace(swallowed, '')
    .matchAll(token)) {
    const name = rawName?.toLowerCase();
    if (name === undefined) {
      if (!piece.startsWith('<!--')) output += escapeText(piece);
    } else if (allowed.has(name) && closing === '') {
      open.push(name);
      output += openTag(name, attributes ?? '');
    } else if (allowed.has(name) && open.includes(name)) {
      let inner: string | undefined;
      do {
        inner = open.pop();
        if (inner !== undefined) output += `</${inner}>`;
      } while (inner !== name);
    }
  }
  return (
    output +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
};
