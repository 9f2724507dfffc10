/** One place: told in a line, changed when it is opened. */
import {
  ActionIcon,
  Button,
  Card,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import { allOf } from '../../parts/names.ts';
import { useOpening } from '../../parts/opening.ts';
import { type CompanyFields, withIds } from './values.ts';
import { words } from './words.ts';

const { places: told } = words;

export const PlaceCard = ({
  form,
  index,
  users,
  onRemove,
}: {
  form: CompanyFields;
  index: number;
  /** What names it. */
  users: readonly string[];
  onRemove: () => void;
}) => {
  const path = `places.${String(index)}`;
  const place = form.getValues().places[index];
  const isRefused = Object.keys(form.errors).some((at) => at.startsWith(`${path}.`));
  // A new place has nothing to tell yet.
  const { isOpen, isShown, toggle, card } = useOpening(place?.name === '', isRefused);
  if (place === undefined) return null;
  const called = place.name === '' ? told.position(index) : place.name;
  return (
    <Card component="li" withBorder radius="md" padding="sm">
      <Stack gap="xs" ref={card} role="group" aria-label={called}>
        <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
          <Stack gap={0} miw={0}>
            <Text fw={600} size="sm">
              {called}
            </Text>
            {place.address !== '' && (
              <Text size="sm" c="dimmed">
                {place.address}
              </Text>
            )}
            {users.length > 0 && (
              <Text size="xs" c="dimmed">
                {told.used(allOf(users))}
              </Text>
            )}
          </Stack>
          <Group gap={4} wrap="nowrap">
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={toggle}
              aria-expanded={isOpen}
              aria-label={isOpen ? told.closeOf(called) : told.changeOf(called)}
            >
              {isOpen ? told.close : told.change}
            </Button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={told.remove(called)}
              onClick={onRemove}
            >
              <Icon name="cross" size={16} />
            </ActionIcon>
          </Group>
        </Group>
        {isShown && <Fields form={form} path={path} />}
      </Stack>
    </Card>
  );
};

const Fields = ({ form, path }: { form: CompanyFields; path: string }) => {
  const name = form.getInputProps(`${path}.name`);
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={told.name}
          required
          maxLength={200}
          {...name}
          onBlur={() => {
            // From now on it can be chosen below.
            const { places } = form.getValues();
            if (name.value !== '') form.setFieldValue('places', withIds(places));
          }}
        />
        <TextInput
          label={told.address}
          maxLength={500}
          {...form.getInputProps(`${path}.address`)}
        />
        <TextInput
          label={told.mapLink}
          type="url"
          maxLength={500}
          {...form.getInputProps(`${path}.mapLink`)}
        />
      </SimpleGrid>
      <Textarea
        label={told.instructions}
        description={told.instructionsHint}
        autosize
        minRows={2}
        maxLength={2_000}
        {...form.getInputProps(`${path}.instructions`)}
      />
    </Stack>
  );
};
