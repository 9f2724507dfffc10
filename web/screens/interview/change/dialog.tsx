/**
 * Every change of an interview goes through this: what is asked, then who would hear of it, as the hub
 * foresees it, then the change itself. What was typed stays whatever the hub answers.
 */
import { Alert, Button, Checkbox, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { hasGone, problemOf, wordsOf } from '../../../hub/problem.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNote } from '../../../parts/problem-note.tsx';
import { tell } from '../../../parts/tell.ts';
import { words as shared } from '../../../parts/words.ts';
import { aboutChange } from '../change-text.ts';
import { changesQuery, type Interview, interviewsKey } from '../queries.ts';
import { words } from '../words.ts';
import { Conflict } from './conflict.tsx';
import { Foreseen } from './foreseen.tsx';
import { type Consent, overridesIn, type Override, type Send } from './send.ts';
import { type Option, optionText } from './times.tsx';

export type Refusals = Readonly<Record<string, string>>;

const audiences = ['candidate', 'interviewers'] as const;

export const ChangeDialog = ({
  interview,
  title,
  act,
  isGrave = false,
  asked,
  send,
  needs = [],
  eventId = null,
  onOption,
  onClose,
  children,
}: {
  interview: Interview;
  title: string;
  /** What the button says that does it. */
  act: string;
  isGrave?: boolean;
  /** Names what is asked; null: something is missing yet. */
  asked: string | null;
  send: Send;
  /** What has to be overridden, for it was seen and taken before. */
  needs?: readonly Override[];
  /** The event that it is about; null: all of the interview. */
  eventId?: string | null;
  /** Takes another time, where the one that was asked for has gone; left out: none can be chosen. */
  onOption?: (option: Option) => void;
  onClose: () => void;
  /** What is asked; refusals stand at their fields by the addresses that the hub names. */
  children?: ReactNode | ((errors: Refusals) => ReactNode);
}) => {
  const queries = useQueryClient();
  // What was looked at when it was opened: a later change is told, not overwritten.
  const [revision, setRevision] = useState(interview.revision);
  const [taken, setTaken] = useState<readonly Override[]>([]);
  const [notify, setNotify] = useState<readonly (typeof audiences)[number][]>(audiences);
  const [reason, setReason] = useState('');
  const override = [...new Set([...needs, ...taken])];
  const consent: Consent = { revision, override, overrideReason: '', notify: [...notify] };
  const isUnexplained = taken.length > 0 && reason.trim() === '';
  const isBehind = interview.revision !== revision;
  // Foreseeing reads calendars: not for every letter that is typed.
  const [settled] = useDebouncedValue(asked, 300);
  const isSettled = settled === asked;
  const foreseen = useQuery({
    queryKey: [interviewsKey, interview.id, 'foreseen', title, asked, consent],
    queryFn: () => send({ ...consent, dryRun: true }),
    enabled: asked !== null && isSettled && !isBehind,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const change = useMutation({
    mutationFn: () =>
      send({ ...consent, overrideReason: taken.length === 0 ? '' : reason, dryRun: false }),
    onSuccess: async () => {
      tell.done(words.change.done);
      await queries.invalidateQueries({
        predicate: ({ queryKey: [nouns] }) => nouns === interviewsKey,
      });
      onClose();
    },
  });
  const refused = change.error ?? foreseen.error;
  const problem = refused === null ? null : problemOf(refused);
  const changed = isBehind || problem?.code === 'interview_changed';
  const open = problem === null ? [] : overridesIn(problem);
  const codes = [...new Set([...taken, ...open])];
  const isConflict = codes.length > 0 || (problem !== null && hasGone(problem));
  const errors: Refusals =
    problem?.field === undefined ? {} : { [problem.field]: wordsOf(problem) };
  const isDraft = interview.state === 'draft';
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <Stack>
        {typeof children === 'function' ? children(errors) : children}
        {changed && (
          <Changed
            interview={interview}
            revision={revision}
            goOn={() => {
              change.reset();
              setRevision(interview.revision);
            }}
          />
        )}
        {problem !== null && !changed && !isConflict && <ProblemNote error={refused} />}
        {!changed && isConflict && (
          <Conflict
            problem={problem}
            codes={codes}
            taken={taken}
            reason={reason}
            textOf={(option) => optionText(interview, eventId, option)}
            onTake={(code, isOn) => {
              change.reset();
              setTaken((before) =>
                isOn ? [...before, code] : before.filter((one) => one !== code),
              );
            }}
            onReason={setReason}
            onOption={
              onOption &&
              ((option) => {
                change.reset();
                setTaken([]);
                onOption(option);
              })
            }
          />
        )}
        {!isDraft && (
          <Group gap="lg" role="group" aria-label={words.change.notify}>
            {audiences.map((audience) => (
              <Checkbox
                key={audience}
                label={words.change.audiences[audience]}
                checked={notify.includes(audience)}
                onChange={({ currentTarget: { checked } }) => {
                  setNotify((before) =>
                    audiences.filter((one) => (one === audience ? checked : before.includes(one))),
                  );
                }}
              />
            ))}
          </Group>
        )}
        <Foreseen
          interview={interview}
          foreseen={asked === null || refused !== null ? null : (foreseen.data?.foreseen ?? null)}
          isWaiting={foreseen.isFetching || !isSettled}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.change.back}
          </Button>
          <Button
            {...(isGrave ? { color: 'red.9' } : {})}
            loading={change.isPending}
            disabled={asked === null || changed || isUnexplained}
            onClick={() => {
              change.mutate();
            }}
          >
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

const Changed = ({
  interview,
  revision,
  goOn,
}: {
  interview: Interview;
  revision: number;
  goOn: () => void;
}) => {
  const changes = useQuery(changesQuery(interview.id));
  const later = changes.data?.items.filter((one) => one.revision > revision) ?? [];
  return (
    <Alert color="yellow" role="alert" icon={<Icon name="alert" />} title={words.change.changed}>
      <Stack gap="xs" align="start">
        <List size="sm">
          {later.map((one) => (
            <List.Item key={one.revision}>
              {[`${one.actor} ${words.actOf(one.act)}`, aboutChange(one)]
                .filter(Boolean)
                .join(' · ')}
            </List.Item>
          ))}
        </List>
        <Text size="sm">{words.change.changedText}</Text>
        <Button size="xs" variant="default" onClick={goOn}>
          {words.change.goOn}
        </Button>
      </Stack>
    </Alert>
  );
};
