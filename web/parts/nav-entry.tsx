/** One entry of the navigation. */
import { NavLink } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Icon, type IconName } from './icon.tsx';

export const NavEntry = ({
  to,
  label,
  icon,
  isHere,
}: {
  to: string;
  label: string;
  icon: IconName;
  isHere: boolean;
}) => (
  <NavLink
    component={Link}
    to={to}
    label={label}
    leftSection={<Icon name={icon} />}
    active={isHere}
    aria-current={isHere ? 'page' : undefined}
  />
);
