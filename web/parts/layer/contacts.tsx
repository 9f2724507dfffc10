/** Whom texts name: recruiter, coordinator and hiring manager. */
import { Button, Fieldset, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import classes from './layer.module.css';
import type { Contact } from './layers.ts';
import { Section } from './section.tsx';
import { errorAt, useScope } from './scope.ts';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { contacts } = words;
const roles = ['recruiter', 'coordinator', 'hiringManager'] as const;
/** As variables name them. */
const called = {
  recruiter: 'Recruiter',
  coordinator: 'Coordinator',
  hiringManager: 'HiringManager',
};
const nobody: Contact = { name: '', email: '', title: '', phone: '' };

const Told = ({ contact }: { contact: Contact | null }) =>
  contact === null ? (
    contacts.nobody
  ) : (
    <>
      {[contact.name, contact.title, contact.email, contact.phone].filter(Boolean).join(', ')}
      {Boolean(contact.signature) && <p className={classes.text}>{contact.signature}</p>}
    </>
  );

export const Contacts = () => (
  <Section title={contacts.title}>
    <ContactSettings />
  </Section>
);

/** The same without a frame. */
export const ContactSettings = () => {
  const scope = useScope();
  const input = (role: (typeof roles)[number], value: Contact, part: keyof Contact) => ({
    value: value[part] ?? '',
    error: errorAt(scope, `layer.${role}.${part}`),
    'data-path': `layer.${role}.${part}`,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      scope.say(role, { ...value, [part]: currentTarget.value });
    },
  });
  return (
    <>
      {roles.map((role) => (
        <Setting
          key={role}
          name={role}
          label={contacts[role]}
          show={(contact) => <Told contact={contact} />}
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
                  <Textarea
                    mt="sm"
                    label={contacts.signature}
                    description={contacts.signatureHint(called[role])}
                    autosize
                    minRows={2}
                    maxLength={2_000}
                    {...input(role, value, 'signature')}
                  />
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
    </>
  );
};
