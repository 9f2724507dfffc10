/** The filters of `GET /opportunities` and its pages. */
import type { Context } from 'hono';
import { mayRead, type ApiEnv } from './auth.ts';
import { badRequest } from './errors.ts';
import { tagsOfPosting } from './labels.ts';
import { encodeOffset, readLimit, readOffset, type Page } from './paging.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import type { OpportunityRecord } from './state.ts';
import type { World } from './world.ts';

type Test = (opportunity: OpportunityRecord) => boolean;

/**
 * Newest first. The token names the first item of the next page, so a page costs what it holds plus
 * what the filters skip, wherever it lies; the smallest fitting look-up is walked.
 */
export const listOpportunities = (c: Context<ApiEnv>, world: World): Page<OpportunityRecord> => {
  const limit = readLimit(c);
  const offset = readOffset(c);
  const fits = filterOf(c, world);
  const { items, positionOf } = narrowest(c, world);
  const data: OpportunityRecord[] = [];
  for (let at = offset ? positionOf(offset.at, offset.id) : 0; at < items.length; at += 1) {
    const opportunity = items[at];
    if (!opportunity || !fits(opportunity)) continue;
    if (data.length === limit) {
      const next = encodeOffset({ position: at, at: opportunity.createdAt, id: opportunity.id });
      return { data, hasNext: true, next };
    }
    data.push(opportunity);
  }
  return { data, hasNext: false };
};

const narrowest = (c: Context, { index }: World): Timeline => {
  const emails = c.req.queries('email') ?? [];
  const contacts = c.req.queries('contact_id') ?? [];
  if (emails.length > 0 || contacts.length > 0) {
    const ids = new Set(
      contacts.length > 0
        ? contacts
        : emails.flatMap((email) => index.contactsWithEmail(email).map((contact) => contact.id)),
    );
    const timeline = createTimeline();
    for (const id of ids)
      index.ofContact(id).forEach((one) => {
        timeline.add(one);
      });
    return timeline;
  }
  const [stage, ...otherStages] = c.req.queries('stage_id') ?? [];
  if (stage !== undefined && otherStages.length === 0) return index.inStage(stage);
  const [posting, ...otherPostings] = c.req.queries('posting_id') ?? [];
  if (posting !== undefined && otherPostings.length === 0) return index.onPosting(posting);
  return index.all;
};

const filterOf = (c: Context<ApiEnv>, world: World): Test => {
  const { index } = world;
  const tests: Test[] = [confidentiality(c)];
  const oneOf = (name: string, valuesOf: (one: OpportunityRecord) => readonly unknown[]): void => {
    const wanted = c.req.queries(name);
    if (!wanted) return;
    const set = new Set<unknown>(wanted);
    tests.push((one) => valuesOf(one).some((value) => set.has(value)));
  };
  const between = (name: string, instantOf: (one: OpportunityRecord) => number | null): void => {
    const from = instant(c, `${name}_at_start`) ?? -Infinity;
    const to = instant(c, `${name}_at_end`) ?? Infinity;
    if (from === -Infinity && to === Infinity) return;
    tests.push((one) => {
      const at = instantOf(one);
      return at !== null && at >= from && at <= to;
    });
  };
  const isSet = (name: string, valueOf: (one: OpportunityRecord) => unknown): void => {
    const wanted = c.req.query(name);
    if (wanted === undefined) return;
    if (wanted !== 'true' && wanted !== 'false') throw badRequest(`${name} must be true or false`);
    tests.push((one) => (valueOf(one) !== null) === (wanted === 'true'));
  };

  isSet('archived', (one) => one.archived);
  isSet('snoozed', (one) => one.snoozedUntil);
  between('advanced', (one) => one.lastAdvancedAt);
  between('created', (one) => one.createdAt);
  between('updated', (one) => one.updatedAt);
  between('archived', (one) => one.archived?.archivedAt ?? null);
  oneOf('stage_id', (one) => [one.stage]);
  oneOf('contact_id', (one) => [one.contact]);
  oneOf('posting_id', (one) => [one.application?.posting]);
  oneOf('archived_posting_id', (one) => [one.archived ? one.application?.posting : undefined]);
  oneOf('archive_reason_id', (one) => [one.archived?.reason]);
  oneOf('origin', (one) => [one.origin]);
  oneOf('source', (one) => one.sources);
  oneOf('location', (one) => [index.contacts.get(one.contact)?.location]);
  const tags = c.req.queries('tag');
  if (tags) tests.push(tagTest(world, tags));
  const emails = c.req.queries('email');
  if (emails) {
    const owners = new Set(emails.flatMap((email) => index.contactsWithEmail(email)));
    const ids = new Set([...owners].map((contact) => contact.id));
    tests.push((one) => ids.has(one.contact));
  }
  return (one) => tests.every((test) => test(one));
};

/** Decides by posting where it can: tags are derived for every page, not for every opportunity. */
const tagTest = ({ state }: World, wanted: readonly string[]): Test => {
  const fitting = state.postings.filter((one) =>
    tagsOfPosting(one).some((tag) => wanted.includes(tag)),
  );
  const postings = new Set(fitting.map((one) => one.id));
  return ({ application, tags }) =>
    (application !== null && postings.has(application.posting)) ||
    tags.some((tag) => wanted.includes(tag));
};

/** Confidential ones are left out unless asked for, and never shown to a key without the right. */
const confidentiality = (c: Context<ApiEnv>): Test => {
  const wanted = c.req.query('confidentiality') ?? 'non-confidential';
  if (!['all', 'confidential', 'non-confidential'].includes(wanted))
    throw badRequest('confidentiality must be all, confidential or non-confidential');
  return (one) => mayRead(c, one) && (wanted === 'all' || one.confidentiality === wanted);
};

const instant = (c: Context, name: string): number | undefined => {
  const text = c.req.query(name);
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw badRequest(`${name} must be a timestamp in milliseconds`);
  return value;
};
