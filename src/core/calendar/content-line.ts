/** Content lines of RFC 5545: escaping, folding, and nothing that could begin a line of its own. */

export type Parameters = Readonly<Record<string, string>>;

/** What no value may hold: control characters, line ends that some readers obey, turned directions. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A surrogate without its other half is no character; UTF-8 cannot tell it. */
const wellFormed = (text: string): string => text.toWellFormed();

/** A TEXT value: backslash, semicolon, comma and line feed escaped, other controls gone. */
export const textValue = (text: string): string =>
  wellFormed(text)
    .replace(/\r\n?/g, '\n')
    .replace(controls, '')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll('\n', '\\n');

/** A URI value: nothing that ends a line or stands outside a URI. */
export const uriValue = (uri: string): string => {
  const parsed = new URL(uri);
  if (!/^https?:$/.test(parsed.protocol)) throw new Error('calendar: the address is not a web one.');
  return parsed.href;
}; // prettier-ignore

/** What is left of a name for a parameter; RFC 6868 escapes what quotes cannot hold. */
export const parameterText = (text: string): string =>
  wellFormed(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(controls, '')
    .trim();

const parameterValue = (text: string): string => {
  const escaped = text.replaceAll('^', '^^').replaceAll('"', "^'");
  return /[:;,]/.test(escaped) ? `"${escaped}"` : escaped;
};

/** `20261201T090000Z` */
export const utc = (instant: number): string =>
  new Date(Math.floor(instant / 1000) * 1000).toISOString().replace(/[-:]|\.000/g, '');

const octets = new TextEncoder();
export const octetsOf = (text: string): number => octets.encode(text).length;
const longest = 75;

/** Lines of at most 75 octets, cut between characters, each continued by a blank. */
const fold = (content: string): string => {
  if (octetsOf(content) <= longest) return `${content}\r\n`;
  let folded = '';
  let used = 0;
  for (const character of content) {
    const size = octetsOf(character);
    if (used + size > longest) {
      folded += '\r\n ';
      used = 1;
    }
    folded += character;
    used += size;
  }
  return `${folded}\r\n`;
};

/** One property, folded, with its line end. `value` is escaped already. */
export const line = (name: string, value: string, parameters: Parameters = {}): string =>
  fold(
    `${name}${Object.entries(parameters)
      .map(([key, text]) => `;${key}=${parameterValue(text)}`)
      .join('')}:${value}`,
  );
