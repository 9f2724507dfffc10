/** The seconds in which all of it can be taken back; then, where it is moved and cancelled. */
import { Button, Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { isSignedOut, problemOf } from '../../hub/problem.ts';
import { Icon } from '../../parts/icon.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { type Plan, spanOf } from './plan.ts';
import classes from './schedule.module.css';
import { Span } from './span.tsx';
import { words } from './words.ts';

type Interview = Schemas['InterviewWithEffects'];

/** Counted here from the answer on, for clocks differ; the hub decides. */
const useSecondsLeft = (seconds: number): number => {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [seconds]);
  return left;
};

export const Sent = ({
  interview,
  undoSeconds,
  zone,
  notify,
  onUndone,
}: {
  interview: Interview;
  undoSeconds: number;
  zone: string;
  /** Who was told of it. */
  notify: Plan['notify'];
  onUndone: () => void;
}) => {
  const left = useSecondsLeft(undoSeconds);
  const button = useRef<HTMLButtonElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const undo = useMutation({
    mutationFn: () =>
      got(api.POST('/api/v1/interviews/{id}/undo', { params: { path: { id: interview.id } } })),
    onSuccess: onUndone,
  });
  const isOver = left === 0 || (undo.isError && problemOf(undo.error).code === 'undo_over');
  useEffect(() => {
    (isOver ? heading : button).current?.focus();
  }, [isOver]);
  const isHold = interview.state === 'hold';
  const events = interview.events.map(({ start, end }) => ({
    start,
    minutes: (Date.parse(end) - Date.parse(start)) / 60_000,
  }));
  return (
    <Card withBorder radius="lg" padding="lg">
      <Stack gap="md">
        <div role="status">
          <Group gap="sm">
            {isOver && <Icon name="check" />}
            <Title order={2} size="h4" ref={heading} tabIndex={-1} className={classes.quiet ?? ''}>
              {isOver ? words.sent.title(isHold, notify) : words.sent.waiting(undoSeconds)}
            </Title>
          </Group>
          <Text size="sm">
            <Span {...spanOf(events)} zone={zone} />
          </Text>
        </div>
        {isOver ? (
          <>
            {undo.isError && <ProblemNote error={undo.error} />}
            <Text size="sm">{interview.mail}</Text>
            <Group gap="sm">
              <Button renderRoot={(props) => <Link to={`/interviews/${interview.id}`} {...props} />}>
                {words.sent.open}
              </Button>
              <Button variant="default" renderRoot={(props) => <Link to="/schedule" {...props} />}>
                {words.sent.next}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <Progress value={(left / undoSeconds) * 100} aria-hidden />
            <Group gap="sm">
              <Button ref={button} variant="default" loading={undo.isPending} onClick={() => { undo.mutate(); }}>
                {words.sent.undo}
              </Button>
              <Text size="sm" role="timer" aria-live="off">
                {words.sent.left(left)}
              </Text>
            </Group>
            {undo.isError && !isSignedOut(undo.error) && <ProblemNote error={undo.error} />}
          </>
        )}
      </Stack>
    </Card>
  );
}; // prettier-ignore
