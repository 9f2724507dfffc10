/** A field for a password or a key: covered, and said to be wrong when it is. */
import { PasswordInput, type PasswordInputProps } from '@mantine/core';

export const Password = (props: PasswordInputProps) => (
  // The kit tells of a fault by colour alone.
  <PasswordInput aria-invalid={Boolean(props.error)} {...props} />
);
