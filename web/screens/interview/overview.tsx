/** What concerns all of an interview: the candidate, the ATS, the rooms that its events share. */
import { Anchor, Card, Stack, Title } from '@mantine/core';
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
  const { candidate, candidateRsvp, candidateZone, accounts, connectionId, note, reason, state } =
    interview;
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
          {candidate.job !== null && (
            <>
              <dt>{words.facts.job}</dt>
              <dd>{candidate.job}</dd>
            </>
          )}
          {candidate.stage !== null && (
            <>
              <dt>{words.facts.stage}</dt>
              <dd>{candidate.stage}</dd>
            </>
          )}
          <dt>{accounts[connectionId] ?? words.facts.ats}</dt>
          <dd>
            <AtsState interview={interview} />
          </dd>
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

const AtsState = ({ interview: { effects, state } }: { interview: Interview }) => {
  const pushed = effects.findLast(({ kind }) => kind === 'ats_interview');
  if (!pushed) return state === 'hold' || state === 'draft' ? words.atsNotYet : words.atsNothing;
  return (
    <>
      {effectState(pushed)} <Age at={pushed.updatedAt} />
    </>
  );
};
