/**
 * One setting of a layer: changed here, or inherited and shown as such with the way to say it here.
 * Overriding begins with what is inherited.
 */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useId, useRef } from 'react';
import { saidBy, saidOf, type SettingName, type Settled, settled } from './layers.ts';
import classes from './layer.module.css';
import { errorAt, useScope } from './scope.ts';
import { words } from './words.ts';

export interface Field<Name extends SettingName> {
  value: Settled[Name];
  onChange: (value: Settled[Name]) => void;
  error: ReactNode;
  'data-path': string;
}

export const Setting = <Name extends SettingName>({
  name,
  label,
  hint,
  show,
  begin = (inherited) => inherited,
  children,
}: {
  name: Name;
  label: string;
  hint?: string;
  /** The value for reading. */
  show: (value: Settled[Name]) => ReactNode;
  /** What overriding begins with. */
  begin?: (inherited: Settled[Name]) => Settled[Name];
  /** The field, with its own label. */
  children: (field: Field<Name>) => ReactNode;
}) => {
  const scope = useScope();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const inherited = settled(scope.below.map(({ layer }) => layer))[name];
  const own = saidOf(scope.layer)[name] as Settled[Name] | undefined;
  const from = saidBy(name, scope.below);
  const say = (value: Settled[Name] | undefined): void => {
    scope.say(name, value);
    // The button that was pressed is gone.
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>('input, [contenteditable=true], button')?.focus();
    });
  };
  if (scope.mayChange && (own !== undefined || scope.isOpen === true))
    return (
      <Stack gap={6} className={classes.setting} ref={box}>
        {children({
          value: own ?? inherited,
          onChange: (value) => {
            scope.say(name, value);
          },
          error: errorAt(scope, `layer.${name}`),
          'data-path': `layer.${name}`,
        })}
        {own !== undefined && (
          <div>
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={words.backLabel(label, from)}
              onClick={() => {
                say(undefined);
              }}
            >
              {words.back(from)}
            </Button>
          </div>
        )}
      </Stack>
    );
  return (
    <div className={classes.setting} role="group" aria-labelledby={id} ref={box}>
      <Group justify="space-between" align="start" gap="xs" wrap="nowrap">
        <Stack gap={2} className={classes.told}>
          <Group gap={8}>
            <Text size="sm" fw={500} id={id}>
              {label}
            </Text>
            {own === undefined && (
              <Badge variant="light" color="gray" size="sm" fw={500}>
                {words.from(from)}
              </Badge>
            )}
          </Group>
          {hint !== undefined && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
          <div className={classes.value}>{show(own ?? inherited)}</div>
        </Stack>
        {scope.mayChange && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.overrideLabel(label)}
            className={classes.override ?? ''}
            onClick={() => {
              say(begin(inherited));
            }}
          >
            {words.override}
          </Button>
        )}
      </Group>
    </div>
  );
};
