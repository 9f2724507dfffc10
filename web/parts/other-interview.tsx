/** The way to another interview of the candidate. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { timeText } from './time.tsx';

export const OtherInterview = ({
  interview: { id, name, start },
}: {
  /** Without a time while it has none. */
  interview: { id: string; name: string; start: string | null };
}) => (
  <Anchor
    size="sm"
    c="inherit"
    underline="always"
    renderRoot={(props) => <Link to="/interviews/$id" params={{ id }} {...props} />}
  >
    {start === null ? name : `${name}, ${timeText(start)}`}
  </Anchor>
);
