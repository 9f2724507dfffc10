/** A connector's settings as a form, made from what the connector declares. */
import {
  Collapse,
  NumberInput,
  Select,
  Stack,
  Switch,
  TextInput,
  UnstyledButton,
  Group,
  Text,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { Icon } from '../../parts/icon.tsx';
import type { Connector } from './queries.ts';
import { Password } from '../../parts/password.tsx';
import { words } from './words.ts';

export type Value = string | number | boolean;
export type Settings = Record<string, Value>;
export interface Values extends Record<string, unknown> {
  name: string;
  settings: Settings;
}
type Field = Connector['settings'][number];
type Choices = Record<string, ReadonlyArray<{ id: string; name: string }>>;

/** Played vendors: their place is the first, and filled in by itself. */
const sandboxOf = ({ hosts: [first] }: Connector): Settings =>
  first?.id === 'sandbox' ? first.settings : {};

/** What most accounts leave as it is: addresses, and whatever has a default beside them. */
const isMore = (connector: Connector, field: Field): boolean =>
  connector.hosts.length > 0 && !field.required && !field.secret && field.choices === null;

export const initialSettings = (connector: Connector, stored: Settings = {}): Settings =>
  Object.fromEntries(
    connector.settings.map(({ name, default: standard, kind }) => [
      name,
      stored[name] ?? sandboxOf(connector)[name] ?? standard ?? (kind === 'switch' ? false : ''),
    ]),
  );

/** What is sent: nothing that was left empty, so that a stored key stays and a default holds. */
export const givenSettings = (connector: Connector, settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => {
      const field = connector.settings.find((one) => one.name === name);
      return value !== '' || (field !== undefined && !field.secret && field.default === '');
    }),
  );

export const SettingsFields = ({
  connector,
  form,
  choices,
  stored = [],
  onPaste,
}: {
  connector: Connector;
  form: UseFormReturnType<Values>;
  /** Lists out of the account, by field. */
  choices: Choices;
  /** Names of secrets that are kept already. */
  stored?: readonly string[];
  /** After a secret was pasted. */
  onPaste?: () => void;
}) => {
  const [isOpen, more] = useDisclosure(false);
  const show = (field: Field) => (
    <SettingField
      key={field.name}
      field={field}
      form={form}
      choices={choices[field.name]}
      isStored={stored.includes(field.name)}
      onPaste={onPaste}
    />
  );
  const main = connector.settings.filter((field) => !isMore(connector, field));
  const others = connector.settings.filter((field) => isMore(connector, field));
  // A refusal that nobody sees would be a riddle.
  const isAtFault = others.some(({ name }) => form.errors[`settings.${name}`] !== undefined);
  return (
    <>
      <Hosts connector={connector} form={form} onElsewhere={more.open} />
      {main.map(show)}
      {others.length > 0 && (
        <div>
          <UnstyledButton onClick={more.toggle} aria-expanded={isOpen || isAtFault} py={4}>
            <Group gap={6}>
              <Icon name={isOpen || isAtFault ? 'down' : 'right'} size={14} />
              <Text size="sm" fw={500}>
                {words.connect.more}
              </Text>
            </Group>
          </UnstyledButton>
          <Collapse expanded={isOpen || isAtFault}>
            <Stack pt="sm">{others.map(show)}</Stack>
          </Collapse>
        </div>
      )}
    </>
  );
};

const elsewhere = '';

/** Fills in the addresses of a place that the connector knows. */
const Hosts = ({
  connector,
  form,
  onElsewhere,
}: {
  connector: Connector;
  form: UseFormReturnType<Values>;
  onElsewhere: () => void;
}) => {
  if (connector.hosts.length < 2) return null;
  const { settings } = form.getValues();
  const here = connector.hosts.find((host) =>
    Object.entries(host.settings).every(([name, value]) => settings[name] === value),
  );
  return (
    <Select
      label={words.connect.host}
      allowDeselect={false}
      data={[
        ...connector.hosts.map(({ id, name }) => ({ value: id, label: name })),
        { value: elsewhere, label: words.connect.otherHost },
      ]}
      value={here?.id ?? elsewhere}
      onChange={(id) => {
        const host = connector.hosts.find((one) => one.id === id);
        if (host) form.setFieldValue('settings', { ...settings, ...host.settings });
        else onElsewhere();
      }}
    />
  );
};

/** Descriptions are written for API readers too. */
const plain = (description: string): string => description.replaceAll('`', '');

const SettingField = ({
  field,
  form,
  choices,
  isStored,
  onPaste,
}: {
  field: Field;
  form: UseFormReturnType<Values>;
  choices: Choices[string] | undefined;
  isStored: boolean;
  onPaste: (() => void) | undefined;
}) => {
  const path = `settings.${field.name}` as const;
  const common = {
    label: field.title,
    description: plain(field.description),
    withAsterisk: field.required && !isStored,
    ...form.getInputProps(path),
  };
  if (field.kind === 'switch')
    return (
      <Switch
        label={field.title}
        description={plain(field.description)}
        {...form.getInputProps(path, { type: 'checkbox' })}
      />
    );
  if (field.choices !== null)
    return (
      <Select
        {...common}
        data={(choices ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        nothingFoundMessage={words.connect.chooseAfterTest}
        placeholder={choices ? words.connect.choose : words.connect.chooseAfterTest}
      />
    );
  if (field.options !== null)
    return <Select {...common} data={field.options} allowDeselect={false} />;
  if (field.secret)
    return (
      <Password
        {...common}
        autoComplete="off"
        placeholder={isStored ? words.connect.stored : ''}
        onPaste={() => {
          // After the browser has put the pasted text in.
          setTimeout(() => onPaste?.(), 0);
        }}
      />
    );
  if (field.kind === 'number') return <NumberInput {...common} allowDecimal={false} />;
  return <TextInput {...common} />;
};
