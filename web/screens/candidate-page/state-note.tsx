/** Where an interview does not simply take place as it was told: said first, and plainly. */
import { Alert } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { timeText } from '../../parts/time.tsx';
import { words } from './words.ts';

interface Said {
  title: string;
  text: string;
  color: string;
}

const saidOf = ({ state, movedAt }: Schemas['CandidatePage'], zone: string): Said | null => {
  if (state === 'cancelled') return { ...words.cancelled, color: 'red' };
  if (state === 'on_hold') return { ...words.onHold, color: 'yellow' };
  if (state === 'over') return { ...words.over, color: 'gray' };
  return movedAt === null ? null : { ...words.moved(timeText(movedAt, zone)), color: 'yellow' };
};

export const StateNote = ({ page, zone }: { page: Schemas['CandidatePage']; zone: string }) => {
  const said = saidOf(page, zone);
  if (said === null) return null;
  return (
    <Alert role="status" color={said.color} title={said.title} icon={<Icon name="calendar" />}>
      {said.text}
    </Alert>
  );
};
