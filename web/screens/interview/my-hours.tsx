/** When the signed-in person interviews, at a glance; changed on the person's page. */
import { Alert, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { dayName, days } from '../../parts/hours-field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Part } from '../../parts/part.tsx';
import classes from './interview.module.css';
import type { Person } from './queries.ts';
import { words } from './words.ts';

const say = words.mine.hours;

/** A calendar day, which has no zone. */
const dayText = (day: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(day),
  );

const today = (zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date());

export const MyHours = ({
  person: { id, zone, hours, perDay, perWeek, daysOff, active },
}: {
  person: Person;
}) => {
  const limits = [
    ...(perDay === null ? [] : [say.perDay(perDay)]),
    ...(perWeek === null ? [] : [say.perWeek(perWeek)]),
  ];
  const off = daysOff.filter(({ to }) => to >= today(zone)).map(({ from, to }) =>
    from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}`,
  );
  return (
    <Part title={say.title}>
      {!active && (
        <Alert color="yellow" icon={<Icon name="pause" />}>
          {say.inactive}
        </Alert>
      )}
      <dl className={classes.facts}>
        <dt>{say.zone}</dt>
        <dd>{zone}</dd>
        <dt>{say.limits}</dt>
        <dd>{limits.join(', ') || say.noLimit}</dd>
        <dt>{say.daysOff}</dt>
        <dd>{off.join('; ') || say.noDaysOff}</dd>
      </dl>
      <Text size="sm" fw={600}>
        {say.working}
      </Text>
      <dl className={classes.facts}>
        {days.map((day) => (
          <Fragment key={day}>
            <dt>{dayName(day)}</dt>
            <dd>{hours[day].map(({ from, to }) => `${from}–${to}`).join(', ') || say.notWorking}</dd>
          </Fragment>
        ))}
      </dl>
      <Button component={Link} to={`/people/${id}`} variant="default">
        {say.change}
      </Button>
    </Part>
  );
}; // prettier-ignore
