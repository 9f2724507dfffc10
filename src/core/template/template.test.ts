import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { check, needsOf } from './check.ts';
import type { Context, Facts } from './facts.ts';
import { canonical, parse } from './parse.ts';
import { leaks, render, type Format } from './render.ts';
import { eventFacts, facts, seat } from './testing.ts';
import { createRegistry } from './variables.ts';

const registry = createRegistry([
  { platform: 'Codility', live: true, tests: true },
  { platform: 'CodeSignal', live: true, tests: true },
]);

const show = (
  text: string,
  change: Partial<Facts> = {},
  context: Context = 'candidate_mail',
  format: Format = 'plain',
) => render(text, facts(change), context, format, registry);

const candidate = (change: Partial<Facts['candidate']>): Partial<Facts> => ({
  candidate: { ...facts().candidate, ...change },
});

const ready = (url: string) => ({ state: 'ready', url }) as const;

test('looks variables up, and leaves full stops, prices and addresses alone', () => {
  assert.equal(
    show('Hi $Candidate.FirstName. $Job.Name pays $50,000 or $100.00, see $example.com').text,
    'Hi Ada. Backend Engineer pays $50,000 or $100.00, see $example.com',
  );
});

test('takes the longest name that is known, in any case', () => {
  assert.equal(show('$candidate.firstname.Thanks').text, 'Ada.Thanks');
  assert.equal(show('$Company.Name.').text, 'Example.');
});

test('writes a dollar sign for two', () => {
  assert.equal(show('$$Candidate.FirstName costs $$5').text, '$Candidate.FirstName costs $5');
});

test('falls back to the word after the bar, or to the words in quotes', () => {
  const text = 'Hi $Candidate.PreferredName|there, in $Job.Location|"our office".';
  assert.equal(show(text).text, 'Hi there, in our office.');
  assert.equal(show(text, candidate({ preferredName: 'Countess' })).text, 'Hi Countess, in our office.');
}); // prettier-ignore

test('finds a custom field by its title without blanks, in any case', () => {
  const fields = candidate({ customFields: { 'Preferred name': 'Countess' } });
  assert.equal(show('Hi $Candidate.CustomFields.PreferredName', fields).text, 'Hi Countess');
});

test('a fallback is words: a variable there is refused, and never printed', () => {
  for (const text of [
    'Hi $Candidate.PreferredName|$Candidate.FirstName, welcome.',
    'Hi $Candidate.PreferredName|"dear $Candidate.FirstName", welcome.',
  ]) {
    const [problem] = check(text, 'candidate_mail', registry);
    assert.equal(problem?.code, 'fallback_variable');
    assert.match(problem.message, /\$Candidate\.PreferredName\|there/);
    const { text: shown, unknown } = show(text);
    assert.equal(shown, 'Hi , welcome.');
    assert.equal(unknown.length, 1);
    assert.equal(canonical(canonical(text, registry), registry), canonical(text, registry));
  }
  assert.deepEqual(check('Pay: $Candidate.Phone|$5', 'candidate_mail', registry), []);
});

test('drops a line that only labels something empty, and shows where else something is empty', () => {
  const { text, empty } = show(
    'Hello\nPronouns: $Candidate.CustomFields.Pronouns\nCall $Candidate.Phone please.\nBye',
  );
  assert.equal(text, 'Hello\nCall  please.\nBye');
  assert.deepEqual(empty, [
    { variable: '$Candidate.CustomFields.Pronouns', sentence: '' },
    { variable: '$Candidate.Phone', sentence: 'Call  please.' },
  ]);
});

test('never looks up what a value says', () => {
  const { text } = show('Dear $Candidate.FullName', candidate({ name: '$Candidate.Email <script>' }));
  assert.equal(text, 'Dear $Candidate.Email <script>');
}); // prettier-ignore

test('escapes what stands in a page', () => {
  const hostile = candidate({ name: '<img src=x onerror=alert(1)>"&\'' });
  const { text } = show('Dear <b>$Candidate.FullName</b>', hostile, 'candidate_mail', 'html');
  assert.equal(text, 'Dear &lt;b&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&amp;&#39;&lt;/b&gt;');
});

test('keeps a title on one line without control characters', () => {
  const hostile = candidate({ name: 'Ada\r\nBcc: eve@example.com\u0000' });
  assert.equal(
    show('$Candidate.FullName', hostile, 'candidate_invite', 'title').text,
    'Ada Bcc: eve@example.com',
  );
});

test('makes links of web addresses alone', () => {
  const interview = { ...facts().interview, live: { Codility: ready('javascript:alert(1)') } };
  const shown = show('$Interview.Codility.Live.Link', { interview }, 'candidate_mail', 'html').text;
  assert.equal(shown, 'javascript:alert(1)');
});

test('tells candidates their own time and interviewers the one of the interview', () => {
  assert.equal(show('$Interview.Start.DateTime').text, 'Tue, 1 Dec 2026, 14:45 GMT+5:45');
  assert.equal(
    show('$Interview.Start.DateTime', {}, 'interviewer_invite').text,
    'Tue, 1 Dec 2026, 10:00 CET',
  );
});

test('lists the links of all events to the candidate, and its own one to each event', () => {
  const events = [
    eventFacts('e1', 0, { live: { CodeSignal: ready('https://c.example/1') } }),
    eventFacts('e2', 1),
    eventFacts('e3', 2, { live: { CodeSignal: { state: 'pending' } } }),
  ];
  const interview = { ...facts().interview, events };
  const text = '$Event.CodeSignal.Live.Link';
  const forCandidate = show(text, { interview }, 'candidate_invite');
  assert.equal(
    forCandidate.text,
    'Tue, 1 Dec 2026, 14:45 GMT+5:45: https://c.example/1\nTue, 1 Dec 2026, 16:45 GMT+5:45: (link follows)',
  );
  assert.deepEqual(forCandidate.pending, ['$Event.CodeSignal.Live.Link']);
  const own = { interview, event: events[0] ?? null };
  assert.equal(show(text, own, 'interviewer_invite').text, 'https://c.example/1');
});

test('names optional interviewers to the candidate only where nobody else comes', () => {
  const withOptional = [seat('Alan Turing'), seat('Oskar Optional', { required: false })];
  const alone = [seat('Oskar Optional', { required: false })];
  const of = (seats: ReturnType<typeof seat>[], context: Context) =>
    show('$Interview.Interviewers.FirstNames', {
      interview: { ...facts().interview, events: [eventFacts('e1', 0, { seats })] },
    }, context).text; // prettier-ignore
  assert.equal(of(withOptional, 'candidate_mail'), 'Alan');
  assert.equal(of(withOptional, 'interviewer_invite'), 'Alan, Oskar');
  assert.equal(of(alone, 'candidate_mail'), 'Oskar');
});

test('understands what editors leave in the middle of a variable', () => {
  const messy = 'Hi $Candidate.<span style="x">First</span>Name\u200b and $Job&nbsp;.Name</b>!';
  assert.equal(show(messy).text, 'Hi Ada and Backend Engineer</b>!');
});

test('refuses an unknown variable with the nearest name', () => {
  const [problem, ...others] = check('Hi $Candidate.FristName', 'candidate_mail', registry);
  assert.deepEqual(others, []);
  assert.equal(problem?.code, 'variable_unknown');
  assert.equal(problem.suggestion, '$Candidate.FirstName');
  assert.equal(problem.at, 3);
});

test('refuses internal variables in every text of the candidate, and suggests none', () => {
  for (const context of ['candidate_mail', 'candidate_invite', 'itinerary'] as const) {
    for (const name of ['$Event.Feedback.Link', '$Interview.Hub.Link', '$Candidate.ATS.Link'])
      assert.equal(check(name, context, registry)[0]?.code, 'variable_internal', name);
    const suggestion = check('$Event.Feedback.Lnk', context, registry)[0]?.suggestion;
    assert.notEqual(suggestion, '$Event.Feedback.Link');
  }
  assert.deepEqual(check('$Event.Feedback.Link', 'interviewer_invite', registry), []);
});

test('refuses a variable of an event in a text that is about no event', () => {
  assert.equal(check('$Event.Topic', 'candidate_mail', registry)[0]?.code, 'variable_misplaced');
  assert.deepEqual(check('$Event.Topic', 'itinerary', registry), []);
});

test('knows what a text makes necessary, also by another spelling', () => {
  assert.deepEqual(
    needsOf('$Interview.Codility.Link $Event.codesignal.live.link $Event.CodeSignal.Live.Link', registry),
    [
      { scope: 'interview', platform: 'Codility', resource: 'live' },
      { scope: 'event', platform: 'CodeSignal', resource: 'live' },
    ],
  );
}); // prettier-ignore

test('saves names in their own spelling', () => {
  const text = 'Hi $candidate.name|"my friend", $$Job.Name costs $5';
  assert.equal(
    canonical(text, registry),
    'Hi $Candidate.FullName|"my friend", $$Job.Name costs $5',
  );
});

test('finds what must not stand in a text, also where it is escaped', () => {
  const url = 'https://ats.example/f?a=1&b=2';
  assert.deepEqual(leaks(`see ${url.replace('&', '&amp;')}`, [url, 'https://other.example']), [
    url,
  ]);
  assert.deepEqual(leaks('nothing', ['']), []);
});

const anyName = fc.constantFrom(...registry.all.map(({ name }) => name));
const anyText = fc
  .array(fc.oneof(fc.string(), anyName.map((name) => `$${name}`), fc.constantFrom('$', '$$', '|', '\n', '.', '"')))
  .map((parts) => parts.join('')); // prettier-ignore

test('saving a text twice is saving it once, and changes nothing of what it says', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const saved = canonical(text, registry);
      assert.equal(canonical(saved, registry), saved);
      assert.equal(show(saved).text, show(text).text);
    }),
  );
});

test('a value is printed as it is, whatever it holds', () => {
  const hostile = fc.oneof(anyText, fc.string(), fc.constantFrom('\u202eecila', 'a\u2066b'));
  fc.assert(
    fc.property(hostile, (name) => {
      const of = (format: Format) =>
        show('[$Job.Name]', { job: { ...facts().job, name } }, 'candidate_mail', format).text;
      const printable = name
        .replace(/\r\n?/g, '\n')
        .replace(/[^\n\t\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '');
      if (name.trim() === '' || printable === '') return;
      assert.equal(of('plain'), `[${printable}]`);
      assert.doesNotMatch(of('html').replaceAll('<br>', ''), /[<>"']/);
      assert.doesNotMatch(of('title'), /[\r\n]/);
    }),
  );
});

test('every variable has a name of its own, a sample, and reads without failing', () => {
  const spellings = registry.all.flatMap(({ name, aliases }) => [name, ...aliases]);
  const lower = spellings.map((name) => name.toLowerCase());
  assert.equal(new Set(lower).size, lower.length);
  for (const variable of registry.all) {
    assert.ok(variable.sample.length > 0 && variable.describes.length > 0, variable.name);
    for (const context of variable.contexts) variable.read(facts(), context);
    assert.equal(parse(`$${variable.name}`, registry)[0]?.kind, 'variable');
  }
});

test('tells the place, each interviewer’s own clock, and what people say of themselves', () => {
  const seats = [
    seat('Alan Turing', { zone: 'Europe/London', bio: 'Alan works on engines.' }),
    seat('Edsger Dijkstra', { linkedIn: 'https://linkedin.com/in/edsger' }),
  ];
  const event = eventFacts('e1', 0, { seats });
  const place = {
    id: 'berlin',
    name: 'Berlin office',
    address: 'Unter den Linden 1',
    mapLink: 'https://maps.example/berlin',
    instructions: 'Ring twice',
  };
  const change: Partial<Facts> = {
    event,
    interview: { ...facts().interview, events: [event], remote: false, place },
  };
  assert.equal(
    show(
      '$Location.Name, $Location.Address: $Location.Instructions. $Interview.Type, $Interview.Days day',
      change,
    ).text,
    'Berlin office, Unter den Linden 1: Ring twice. onsite, 1 day',
  );
  const inside = (text: string) => show(text, change, 'interviewer_invite').text;
  assert.equal(inside('$Event.Interviewers.LocalTimes'), 'Alan Turing 09:00 GMT, Edsger Dijkstra 10:00 CET'); // prettier-ignore
  assert.equal(inside('$Event.Interviewers.Bios'), 'Alan works on engines.');
  assert.equal(inside('$Event.Interviewers.LinkedInLinks'), 'https://linkedin.com/in/edsger');
});

test('what the ATS tells of a candidate’s career is for interviewers alone', () => {
  for (const name of ['LinkedIn', 'Headline', 'CurrentTitle', 'CurrentCompany', 'Source']) {
    assert.equal(
      check(`$Candidate.${name}`, 'candidate_mail', registry)[0]?.code,
      'variable_internal',
    );
    assert.deepEqual(check(`$Candidate.${name}`, 'interviewer_invite', registry), []);
  }
});
