/** Turns a calendar feed off, once that was asked for again. */
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Ask } from '../ask.tsx';
import { tell } from '../tell.ts';
import { words } from './words.ts';

export const TurnOff = ({
  text,
  turnOff,
  onOff,
}: {
  /** What will happen. */
  text: string;
  turnOff: () => Promise<unknown>;
  onOff: () => Promise<unknown>;
}) => {
  const [isAsking, setAsking] = useState(false);
  const change = useMutation({
    mutationFn: turnOff,
    onSuccess: async () => {
      setAsking(false);
      tell.done(words.isOff);
      await onOff();
    },
  });
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          change.reset();
          setAsking(true);
        }}
      >
        {words.turnOff}
      </Button>
      <Ask
        isOpen={isAsking}
        title={words.ask}
        act={words.turnOff}
        isBusy={change.isPending}
        error={change.error}
        onYes={() => {
          change.mutate();
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Text size="sm">{text}</Text>
      </Ask>
    </>
  );
};
