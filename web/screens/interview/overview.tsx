/** What concerns all of an interview: the candidate, the ATS, the rooms that its events share. */
import { Anchor, Card, Stack, Title } from '@mantine/core';
import { Fragment } from 'react';
import { isWeb } from '../../parts/is-web.ts';
import { Age } from '../../parts/time.tsx';
import { effectState } from './effect.ts';
import type { Actions } from './events.tsx';
import classes from './interview.module.css';
import { Links, linksOf } from './links.tsx';
import type { Interview } from './queries.ts';
import { RsvpBadge } from './rsvp.tsx';
import { words } from './words.ts';

export const Overview = ({
  interview,
  actions,
}: {
  interview: Interview;
  actions: Actions | null;
}) => {
  const {
    candidate,
    candidateRsvp,
    candidateZone,
    accounts,
    connectionId,
    coding,
    note,
    reason,
    state,
  } = interview;
  const shared = linksOf(interview, null);
  return (
    <Card component="section" withBorder radius="lg" padding="md" aria-labelledby="overview">
      <Stack gap="sm">
        <Title order={2} size="h4" id="overview">
          {words.overview}
        </Title>
        <dl className={classes.facts}>
          <dt>{words.facts.candidate}</dt>
          <dd>
            {isWeb(candidate.url) ? (
              <Anchor href={candidate.url} target="_blank" rel="noreferrer" inherit>
                {candidate.name}
              </Anchor>
            ) : (
              candidate.name
            )}{' '}
            {(state === 'confirmed' || state === 'completed') && <RsvpBadge rsvp={candidateRsvp} />}
          </dd>
          <dt>{words.facts.zone}</dt>
          <dd>{candidateZone}</dd>
          <dt>{accounts[connectionId] ?? words.facts.ats}</dt>
          <dd>
            <AtsState interview={interview} />
          </dd>
          {coding.map(({ connectionId: id, name }) =>
            name === null || isThere(interview, id) ? null : (
              <Fragment key={id}>
                <dt>{words.facts.opens(accounts[id] ?? words.vendor)}</dt>
                <dd>{name}</dd>
              </Fragment>
            ),
          )}
          {note !== '' && (
            <>
              <dt>{words.facts.note}</dt>
              <dd>{note}</dd>
            </>
          )}
          {reason !== null && (
            <>
              <dt>{words.facts.reason}</dt>
              <dd>{reason}</dd>
            </>
          )}
        </dl>
        {shared.length > 0 && (
          <Links interview={interview} links={shared} actions={actions?.link} />
        )}
      </Stack>
    </Card>
  );
};

/** A room or test that is made tells by itself what it is. */
const isThere = ({ effects }: Interview, platformId: string): boolean =>
  effects.some(
    ({ kind, connectionId, act }) =>
      ['live_session', 'assessment'].includes(kind) &&
      connectionId === platformId &&
      act !== 'remove',
  );

const AtsState = ({ interview }: { interview: Interview }) => {
  const pushed = interview.effects.findLast(({ kind }) => kind === 'ats_interview');
  if (!pushed) return untold(interview);
  const isTold = pushed.state === 'done' && pushed.act !== 'remove';
  return (
    <>
      {isTold ? words.atsTold : effectState(pushed)} <Age at={pushed.updatedAt} />
    </>
  );
};

/** Why the ATS has not heard of it. */
const untold = ({ ats, state, sendAt, flag }: Interview): string => {
  if (!ats.takesInterviews) return words.atsNothing;
  if (!ats.concerned) return words.atsNobody;
  if (state === 'hold' || state === 'draft') return words.atsNotYet;
  if (sendAt !== null) return words.atsWaits;
  return state === 'confirmed' && flag === null ? words.effectStates.owed : words.atsNever;
};
