/**
 * A day as a grid: a row for each half hour in the candidate's zone and the viewer's, a column for the
 * interview and for everybody who sits in it. Arrows move, Enter begins the interview at that row.
 */
import { ActionIcon, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { usePeople } from '../../parts/choices.ts';
import { Icon } from '../../parts/icon.tsx';
import { ownZone } from '../../parts/time.tsx';
import classes from './day-grid.module.css';
import { type Cell, columnsOf, rowsOf } from './grid.ts';
import { type Arrangement, type Plan, spanOf } from './plan.ts';
import { takenQuery } from './queries.ts';
import { words } from './words.ts';
import { addDays, dayOf, instantOf } from './zoned.ts';

const clock = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(undefined, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(
    at,
  );

const dayText = (day: string): string =>
  new Intl.DateTimeFormat(undefined, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(Date.parse(`${day}T12:00Z`));

interface Props {
  plan: Plan;
  events: Arrangement;
  /** When options begin. */
  starts: readonly string[];
  onStart: (start: string) => void;
}

export const DayGrid = memo(({
  plan: { zone, from },
  events,
  starts,
  onStart,
}: Props) => {
  const first = spanOf(events).start;
  const [turned, setTurned] = useState<{ from: string; day: string } | null>(null);
  // Whoever turns the page stays there until another time is chosen.
  const day = turned?.from === first ? turned.day : dayOf(Date.parse(first), zone);
  const turn = (by: number): void => {
    const next = addDays(day, by);
    if (next >= from) setTurned({ from: first, day: next });
  };
  const seated = [...new Set(events.flatMap(({ seats = [] }) => seats.flatMap(({ chosen = [] }) => chosen)))];
  const span = { from: instantOf(`${day}T00:00`, zone), to: instantOf(`${addDays(day, 1)}T00:00`, zone) };
  const people = usePeople(seated);
  const taken = useQuery(takenQuery(seated, span)).data?.items ?? [];
  const columns = columnsOf({ events, seated, people, taken });
  const rows = rowsOf(day, zone, events, starts);
  return (
    <Card component="section" withBorder radius="lg" aria-labelledby="day-title">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="day-title" aria-live="polite">
            {dayText(day)}
          </Title>
          <Group gap={4}>
            <ActionIcon variant="default" size="lg" aria-label={words.grid.before} disabled={addDays(day, -1) < from} onClick={() => { turn(-1); }}>
              <Icon name="left" size={16} />
            </ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={words.grid.next} onClick={() => { turn(1); }}>
              <Icon name="right" size={16} />
            </ActionIcon>
          </Group>
        </Group>
        <Text size="sm" c="dimmed" id="day-help">
          {words.grid.help}
        </Text>
        <Table
          rows={rows}
          columns={columns}
          zone={zone}
          chosen={Date.parse(first)}
          onStart={onStart}
          onTurn={turn}
        />
        <Legend />
      </Stack>
    </Card>
  );
}); // prettier-ignore

const Legend = () => (
  <Group component="ul" gap="md" p={0} m={0} className={classes.legend ?? ''}>
    {(Object.keys(words.grid.kinds) as Array<Exclude<Cell['kind'], 'free'>>).map((kind) => (
      <li key={kind}>
        <span className={classes.swatch} data-kind={kind} />
        {words.grid.kinds[kind]}
      </li>
    ))}
  </Group>
);

const Table = ({
  rows,
  columns,
  zone,
  chosen,
  onStart,
  onTurn,
}: {
  rows: ReturnType<typeof rowsOf>;
  columns: ReturnType<typeof columnsOf>;
  zone: string;
  chosen: number;
  onStart: (start: string) => void;
  onTurn: (by: number) => void;
}) => {
  const own = ownZone();
  const table = useRef<HTMLTableElement>(null);
  const at = rows.findIndex((row) => row.start <= chosen && chosen < row.end);
  const [place, setPlace] = useState<{ row: number; column: number } | null>(null);
  const here = place ?? { row: Math.max(0, at), column: 0 };
  const go = (row: number, column: number): void => {
    const next = {
      row: Math.min(Math.max(row, 0), rows.length - 1),
      column: Math.min(Math.max(column, 0), columns.length - 1),
    };
    setPlace(next);
    table.current?.querySelector<HTMLElement>(`[data-at="${String(next.row)}/${String(next.column)}"]`)?.focus();
  };
  const begin = (row: number): void => {
    const start = rows[row]?.start;
    if (start !== undefined) onStart(new Date(start).toISOString());
  };
  const onKey = (event: KeyboardEvent): void => {
    const { row, column } = here;
    const acts: Record<string, () => void> = {
      ArrowUp: () => { go(row - 1, column); },
      ArrowDown: () => { go(row + 1, column); },
      ArrowLeft: () => { go(row, column - 1); },
      ArrowRight: () => { go(row, column + 1); },
      Home: () => { go(0, column); },
      End: () => { go(rows.length - 1, column); },
      PageUp: () => { onTurn(-1); },
      PageDown: () => { onTurn(1); },
      Enter: () => { begin(row); },
      ' ': () => { begin(row); },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className={classes.frame}>
      <table ref={table} role="grid" aria-labelledby="day-title" aria-describedby="day-help" className={classes.grid} onKeyDown={onKey}>
        <thead>
          <tr>
            <th scope="col">{words.grid.theirs(zone)}</th>
            {own !== zone && <th scope="col">{words.grid.mine(own)}</th>}
            {columns.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.start} data-hour={row.isHour} data-offered={row.isOffered}>
              <th scope="row">{clock(row.start, zone)}</th>
              {own !== zone && <td className={classes.mine}>{clock(row.start, own)}</td>}
              {columns.map((column, place) => {
                const { kind, text } = column.cellAt(row);
                const isHere = index === here.row && place === here.column;
                return (
                  <td
                    key={column.id}
                    role="gridcell"
                    data-at={`${String(index)}/${String(place)}`}
                    data-kind={kind}
                    tabIndex={isHere ? 0 : -1}
                    aria-selected={kind === 'event'}
                    onFocus={() => { setPlace({ row: index, column: place }); }}
                    onClick={() => { begin(index); }}
                  >
                    {text === '' ? <span className={classes.heard}>{words.grid.cell(kind, row.isOffered)}</span> : text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}; // prettier-ignore
