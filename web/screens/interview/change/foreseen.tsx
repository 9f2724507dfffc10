/** Who would hear of a change, and what would be done elsewhere, before it happens. */
import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import type { Interview } from '../queries.ts';
import classes from '../interview.module.css';
import { words } from '../words.ts';

const colors = { create: 'teal', update: 'yellow', remove: 'red' } as const;

export const Foreseen = ({
  interview: { accounts },
  foreseen,
  isWaiting,
}: {
  interview: Interview;
  foreseen: Interview['foreseen'];
  isWaiting: boolean;
}) => (
  <Card withBorder padding="sm" radius="md" aria-live="polite" aria-busy={isWaiting}>
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {words.foreseen.title}
      </Text>
      {foreseen === null ? (
        <Text size="sm" c="dimmed">
          {isWaiting ? words.foreseen.waiting : words.foreseen.missing}
        </Text>
      ) : (
        <ul className={classes.seats} aria-label={words.foreseen.title}>
          {foreseen.told.map(({ name, audience, acts }) => (
            <li key={`${audience} ${name}`} className={classes.seat}>
              <Text size="sm" component="span">
                {name}
              </Text>
              {acts.length === 0 ? (
                <Text size="sm" c="dimmed" component="span">
                  {words.foreseen.nothing}
                </Text>
              ) : (
                acts.map((act) => (
                  <Badge key={act} size="sm" variant="light" color={colors[act]}>
                    {words.foreseen.acts[act]}
                  </Badge>
                ))
              )}
            </li>
          ))}
        </ul>
      )}
      {foreseen !== null && foreseen.outside.length > 0 && (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {outsideTexts(foreseen.outside, accounts).join(' · ')}
          </Text>
        </Group>
      )}
    </Stack>
  </Card>
);

type Outside = NonNullable<Interview['foreseen']>['outside'];

/** What is taken back and made again in its place is told as one. */
const outsideTexts = (outside: Outside, accounts: Interview['accounts']): string[] => {
  const isRenewed = ({ kind, connectionId }: Outside[number]): boolean =>
    ['live_session', 'assessment'].includes(kind) &&
    (['create', 'remove'] as const).every((act) =>
      outside.some(
        (one) => one.kind === kind && one.connectionId === connectionId && one.act === act,
      ),
    );
  const texts = outside.map((one) => {
    const vendor = accounts[one.connectionId ?? ''] ?? words.vendor;
    return isRenewed(one) && one.act !== 'update'
      ? words.foreseen.renewed(one.kind, vendor)
      : words.foreseen.outside(one.kind, one.act, vendor);
  });
  return [...new Set(texts)];
};
