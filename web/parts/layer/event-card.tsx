/** One event of a template: what it is, how long, who sits there, and what its interviewers hear. */
import {
  ActionIcon,
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { Icon } from '../icon.tsx';
import { optionsOf, useChoices } from './choices.ts';
import { type EventTemplate, settled } from './layers.ts';
import { errorAt, useScope } from './scope.ts';
import { Seats } from './seats.tsx';
import { InterviewerInvite } from './texts.tsx';
import { WholeInput } from './whole-input.tsx';
import { words } from './words.ts';

const { events } = words;

export const EventCard = ({
  index,
  last,
  path,
  value,
  onChange,
  onRemove,
  onMove,
}: {
  index: number;
  last: number;
  path: string;
  value: EventTemplate;
  onChange: (event: EventTemplate) => void;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
}) => {
  const scope = useScope();
  const forms = useChoices(scope.atsId, 'feedback-forms');
  const set = <Part extends keyof EventTemplate>(part: Part, to: EventTemplate[Part]): void => {
    onChange({ ...value, [part]: to });
  };
  const typed = (part: 'name' | 'topic' | 'location') => ({
    value: value[part],
    error: errorAt(scope, `${path}.${part}`),
    'data-path': `${path}.${part}`,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      set(part, currentTarget.value);
    },
  });
  const called = value.name === '' ? events.position(index) : value.name;
  return (
    <Card withBorder radius="md" padding="md" role="group" aria-label={events.position(index)}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" c="dimmed" fw={500}>
            {events.position(index)}
          </Text>
          <Group gap={4} wrap="nowrap">
            {index > 0 && (
              <ActionIcon
                variant="default"
                aria-label={events.up(called)}
                onClick={() => {
                  onMove(-1);
                }}
              >
                <Icon name="up" size={14} />
              </ActionIcon>
            )}
            {index < last && (
              <ActionIcon
                variant="default"
                aria-label={events.down(called)}
                onClick={() => {
                  onMove(1);
                }}
              >
                <Icon name="down" size={14} />
              </ActionIcon>
            )}
            <ActionIcon variant="default" aria-label={events.remove(called)} onClick={onRemove}>
              <Icon name="cross" size={14} />
            </ActionIcon>
          </Group>
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput label={events.name} required {...typed('name')} />
          <WholeInput
            label={events.minutes}
            required
            max={1_440}
            step={5}
            value={value.minutes}
            error={errorAt(scope, `${path}.minutes`)}
            data-path={`${path}.minutes`}
            onChange={(minutes) => {
              set('minutes', minutes ?? 0);
            }}
          />
          <TextInput label={events.topic} {...typed('topic')} />
          <TextInput
            label={events.location}
            description={events.locationHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...typed('location')}
          />
          <Select
            label={events.form}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': words.none }}
            placeholder={scope.atsId === null ? events.noAts : events.noForm}
            nothingFoundMessage={events.noForm}
            data={optionsOf(forms, value.feedbackFormId)}
            value={value.feedbackFormId}
            error={errorAt(scope, `${path}.feedbackFormId`)}
            onChange={(form) => {
              set('feedbackFormId', form);
            }}
          />
        </SimpleGrid>
        <Seats
          event={called}
          path={`${path}.seats`}
          value={value.seats}
          onChange={(seats) => {
            set('seats', seats);
          }}
        />
        <Switch
          label={events.internal}
          description={events.internalHint}
          checked={value.internal}
          onChange={({ currentTarget }) => {
            set('internal', currentTarget.checked);
          }}
        />
        <Switch
          label={events.ownInvite}
          description={events.ownInviteHint}
          checked={value.interviewerInvite !== null}
          onChange={({ currentTarget }) => {
            const layers = [...scope.below.map(({ layer }) => layer), scope.layer];
            const usual = settled(layers)['texts.interviewerInvite'];
            set('interviewerInvite', currentTarget.checked ? usual : null);
          }}
        />
        {value.interviewerInvite && (
          <InterviewerInvite
            path={`${path}.interviewerInvite`}
            value={value.interviewerInvite}
            onChange={(invite) => {
              set('interviewerInvite', invite);
            }}
          />
        )}
      </Stack>
    </Card>
  );
};
