/**
 * What each party of an interview would get, side by side, as `POST /interviews/preview` answers:
 * every mail and invite with its variables' values highlighted, what will be made, and what is wrong.
 */
import { Alert, Card, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icon.tsx';
import { Time } from '../time.tsx';
import { partiesOf, stretchesOf, type Mark, type Party, type Preview } from './parties.ts';
import classes from './party-preview.module.css';
import { words } from './words.ts';

export const PartyPreview = ({
  preview,
  zones,
  columns = 2,
  actions,
}: {
  preview: Preview;
  /** In which zone times are told to whom; left out: the viewer's. */
  zones?: { candidate?: string | undefined; interviewers?: string | undefined };
  columns?: 1 | 2;
  /** What can be done with a party's text, beside it. */
  actions?: (party: Party) => ReactNode;
}) => {
  const parties = partiesOf(preview);
  return (
    <Stack gap="md">
      <Wrong problems={preview.problems} />
      <Empty warnings={preview.warnings} />
      <Text size="sm" c="dimmed">
        {parties.length === 0 ? words.noMails : words.legend}
      </Text>
      <SimpleGrid cols={columns === 1 ? 1 : { base: 1, lg: 2 }}>
        {parties.map((party) => (
          <PartyCard
            key={`${party.kind} ${party.mail.invite?.start ?? ''} ${party.readers[0]?.address ?? ''}`}
            party={party}
            zone={party.kind === 'interviewer_invite' ? zones?.interviewers : zones?.candidate}
            actions={actions?.(party)}
          />
        ))}
        <Framed title={words.itinerary}>
          {(['candidate', 'interviewers'] as const).map((who) => (
            <div key={who}>
              <Text size="xs" c="dimmed">
                {words.itineraryOf[who]}
              </Text>
              <div className={classes.body}>{preview.itinerary[who]}</div>
            </div>
          ))}
        </Framed>
        <Framed title={words.creates}>
          {preview.creates.length === 0 ? (
            <Text size="sm">{words.createsNothing}</Text>
          ) : (
            <List size="sm">
              {preview.creates.map((what) => (
                <List.Item key={what}>{what}</List.Item>
              ))}
            </List>
          )}
        </Framed>
      </SimpleGrid>
    </Stack>
  );
};

const Framed = ({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <Card component="article" withBorder radius="lg" padding="md">
    <Stack gap="sm">
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
      {actions}
    </Stack>
  </Card>
);

const PartyCard = ({
  party: { kind, mail, readers },
  zone,
  actions,
}: {
  party: Party;
  zone: string | undefined;
  actions: ReactNode;
}) => (
  <Framed title={words.kinds[kind]} actions={actions}>
    <dl className={classes.facts}>
      <dt>{words.to}</dt>
      <dd>
        {readers.length === 0
          ? words.noAddress
          : readers.map(({ name, address }) => `${name} <${address}>`).join(', ')}
      </dd>
      {mail.invite && (
        <>
          <dt>{words.when}</dt>
          <dd>
            <Time at={mail.invite.start} {...(zone === undefined ? {} : { zone })} />
          </dd>
        </>
      )}
      {mail.invite && mail.invite.location !== '' && (
        <>
          <dt>{words.where}</dt>
          <dd>{mail.invite.location}</dd>
        </>
      )}
      <dt>{mail.invite ? words.title : words.subject}</dt>
      <dd>
        <strong>
          <Highlighted text={mail.subject} marks={mail.marks.subject} />
        </strong>
      </dd>
    </dl>
    <div className={classes.body}>
      <Highlighted text={mail.text} marks={mail.marks.text} />
    </div>
  </Framed>
);

/** Values come from people and vendors: they are text, whatever they hold. */
const Highlighted = ({ text, marks }: { text: string; marks: readonly Mark[] }) =>
  stretchesOf(text, marks).map((stretch, index) =>
    stretch.variable === null ? (
      stretch.text
    ) : (
      <mark key={String(index)} className={classes.value} title={stretch.variable}>
        {stretch.text}
      </mark>
    ),
  );

const Wrong = ({ problems }: Pick<Preview, 'problems'>) => {
  if (problems.length === 0) return null;
  const stops = problems.some(({ blocks }) => blocks);
  // The same may hold of several texts.
  const told = [...new Map(problems.map((one) => [one.text, one])).values()];
  return (
    <Alert
      color={stops ? 'red' : 'yellow'}
      icon={<Icon name="alert" />}
      title={stops ? words.wrong : words.look}
      role={stops ? 'alert' : 'status'}
    >
      <List size="sm">
        {told.map(({ text }) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
      {stops && (
        <Text size="sm" mt="xs">
          {words.stops}
        </Text>
      )}
    </Alert>
  );
};

const Empty = ({ warnings }: Pick<Preview, 'warnings'>) => {
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" icon={<Icon name="question" />} title={words.empty} role="status">
      <List size="sm">
        {warnings.map(({ variable, sentence, context }) => (
          <List.Item key={`${variable} ${sentence} ${context}`}>
            <strong>{variable}</strong> {words.emptyIn[context] ?? context}.{' '}
            {sentence === '' ? words.leavesNothing : words.leaves(sentence)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
