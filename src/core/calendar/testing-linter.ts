/** Reads a calendar object byte by byte, sharing no code with the serializer, and says what is wrong. */

const once = [
  'UID',
  'DTSTAMP',
  'DTSTART',
  'DTEND',
  'SEQUENCE',
  'SUMMARY',
  'ORGANIZER',
  'CLASS',
  'TRANSP',
];
const atMostOnce = ['DESCRIPTION', 'X-ALT-DESC', 'LOCATION', 'URL', 'STATUS'];
const frame = ['BEGIN', 'END', 'VERSION', 'PRODID', 'METHOD']; // prettier-ignore

/** Faults in plain words; none: a well-formed object of one event. */
export const lintCalendar = (bytes: Uint8Array, attendees: number): string[] => {
  const faults: string[] = [];
  const lines: string[] = [];
  let begin = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === 13 && bytes[index + 1] !== 10) faults.push('a CR without an LF');
    if (byte === 10 && bytes[index - 1] !== 13) faults.push('an LF without a CR');
    if ((byte < 32 && ![9, 10, 13].includes(byte)) || byte === 127) faults.push('a control character');
    if (byte !== 10) continue;
    const raw = bytes.subarray(begin, index - 1);
    if (raw.length > 75) faults.push(`a line of ${String(raw.length)} octets`);
    try {
      lines.push(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw));
    } catch {
      faults.push('a line that is cut within a character');
    }
    begin = index + 1;
  }
  if (begin !== bytes.length) faults.push('something after the last line end');

  const unfolded: string[] = [];
  for (const text of lines)
    if (text.startsWith(' ')) unfolded.push((unfolded.pop() ?? '') + text.slice(1));
    else unfolded.push(text);
  const names = unfolded.map((text) => /^([A-Z][A-Z-]*)((;[A-Z]+=("[^"]*"|[^";:,]*))*):/.exec(text)?.[1]);
  names.forEach((name, index) => {
    if (name === undefined) faults.push(`no property: ${unfolded[index] ?? ''}`);
    else if (![...once, ...atMostOnce, ...frame, 'ATTENDEE'].includes(name))
      faults.push(`a property that nobody wrote: ${name}`);
  });
  const count = (name: string): number => names.filter((one) => one === name).length;
  for (const name of once) if (count(name) !== 1) faults.push(`${name} ${String(count(name))} times`);
  for (const name of atMostOnce) if (count(name) > 1) faults.push(`${name} more than once`);
  if (count('ATTENDEE') !== attendees) faults.push(`${String(count('ATTENDEE'))} attendees`);
  const structure = unfolded.filter((text) => /^(BEGIN|END):/.test(text)).join(' ');
  if (structure !== 'BEGIN:VCALENDAR BEGIN:VEVENT END:VEVENT END:VCALENDAR')
    faults.push(`the frame is ${structure}`);
  return faults;
}; // prettier-ignore
