/** The offices of the company: told in a line each, changed when opened. */
import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Ask } from '../../parts/ask.tsx';
import { templatesQuery } from '../../parts/choices.ts';
import { Icon } from '../../parts/icon.tsx';
import type { Place } from '../../parts/layer/layers.ts';
import type { Scope } from '../../parts/layer/scope.ts';
import { Section } from '../../parts/layer/section.tsx';
import { PlaceCard } from './place-card.tsx';
import { PlaceInUse } from './place-in-use.tsx';
import type { CompanyFields } from './values.ts';
import { words } from './words.ts';

const { places: told } = words;
/** As many as the hub takes. */
const most = 100;

let made = 0;
const newKey = (): string => `place ${String((made += 1))}`;

export const Places = ({ form, say }: { form: CompanyFields; say: Scope['say'] }) => {
  const { places, layer } = form.getValues();
  // A place that is open stays so when one before it is removed.
  const [keys, setKeys] = useState(() => places.map(newKey));
  const [asked, setAsked] = useState<number | null>(null);
  const templates = useQuery(templatesQuery);
  const templatesAt = ({ id }: Place) =>
    id === '' ? [] : (templates.data ?? []).filter((one) => one.layer?.placeId === id);
  const isDefault = ({ id }: Place): boolean => id !== '' && layer.placeId === id;
  const remove = (index: number): void => {
    if (places[index]?.id === layer.placeId) say('placeId', undefined);
    setKeys(keys.toSpliced(index, 1));
    form.removeListItem('places', index);
    setAsked(null);
  };
  const add = (): void => {
    setKeys([...keys, newKey()]);
    form.insertListItem('places', { id: '', name: '', address: '', mapLink: '', instructions: '' });
  };
  const leaving = asked === null ? undefined : places[asked];
  const needing = leaving ? templatesAt(leaving) : [];
  const close = (): void => {
    setAsked(null);
  };
  return (
    <Section title={told.title} hint={told.hint}>
      <Stack gap="xs" mt="xs">
        {places.length === 0 ? (
          <Text size="sm" c="dimmed">
            {told.none}
          </Text>
        ) : (
          <Stack component="ul" gap="xs" m={0} p={0} aria-label={told.label}>
            {places.map((place, index) => (
              <PlaceCard
                key={keys[index] ?? index}
                form={form}
                index={index}
                users={[
                  ...(isDefault(place) ? [told.defaults] : []),
                  ...templatesAt(place).map(({ name }) => name),
                ]}
                onRemove={() => {
                  if (isDefault(place) || templatesAt(place).length > 0) setAsked(index);
                  else remove(index);
                }}
              />
            ))}
          </Stack>
        )}
        {places.length < most && (
          <div>
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" size={14} />}
              onClick={add}
            >
              {told.add}
            </Button>
          </div>
        )}
      </Stack>
      {leaving && needing.length > 0 && (
        <PlaceInUse name={leaving.name} templates={needing} onClose={close} />
      )}
      <Ask
        isOpen={leaving !== undefined && needing.length === 0}
        title={told.ask(leaving?.name ?? '')}
        act={told.act}
        isBusy={false}
        error={null}
        onYes={() => {
          if (asked !== null) remove(asked);
        }}
        onClose={close}
      >
        <Text size="sm">{told.asked}</Text>
      </Ask>
    </Section>
  );
};
