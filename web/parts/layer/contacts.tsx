/** Whom texts name: recruiter, coordinator and hiring manager. */
import { Button, Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import type { Contact } from './layers.ts';
import { Section } from './section.tsx';
import { errorAt, useScope } from './scope.ts';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { contacts } = words;
const roles = ['recruiter', 'coordinator', 'hiringManager'] as const;
const nobody: Contact = { name: '', email: '', title: '', phone: '' };

const contactText = (contact: Contact | null): string =>
  contact === null
    ? contacts.nobody
    : [contact.name, contact.title, contact.email, contact.phone].filter(Boolean).join(', ');

export const Contacts = () => {
  const scope = useScope();
  const input = (role: (typeof roles)[number], value: Contact, part: keyof Contact) => ({
    value: value[part],
    error: errorAt(scope, `layer.${role}.${part}`),
    'data-path': `layer.${role}.${part}`,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      scope.say(role, { ...value, [part]: currentTarget.value });
    },
  });
  return (
    <Section title={contacts.title}>
      {roles.map((role) => (
        <Setting
          key={role}
          name={role}
          label={contacts[role]}
          show={contactText}
          begin={(inherited) => inherited ?? nobody}
        >
          {({ value, onChange }) => (
            <Fieldset legend={contacts[role]}>
              {value === null ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    onChange(nobody);
                  }}
                >
                  {contacts.some}
                </Button>
              ) : (
                <>
                  <SimpleGrid cols={{ base: 1, sm: 2 }}>
                    <TextInput label={contacts.name} required {...input(role, value, 'name')} />
                    <TextInput
                      label={contacts.email}
                      type="email"
                      required
                      {...input(role, value, 'email')}
                    />
                    <TextInput label={contacts.job} {...input(role, value, 'title')} />
                    <TextInput label={contacts.phone} type="tel" {...input(role, value, 'phone')} />
                  </SimpleGrid>
                  <Button
                    mt="sm"
                    size="compact-sm"
                    variant="default"
                    onClick={() => {
                      onChange(null);
                    }}
                  >
                    {contacts.none}
                  </Button>
                </>
              )}
            </Fieldset>
          )}
        </Setting>
      ))}
    </Section>
  );
};
