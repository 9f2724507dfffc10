/** A whole number; what is empty is told apart from nought. */
import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';

export const WholeInput = ({
  w = 'auto',
  value,
  onChange,
  ...field
}: {
  label: string;
  w?: string;
  description?: string;
  placeholder?: string;
  value: number | null;
  onChange: (value: number | null) => void;
  error?: ReactNode;
  min?: number;
  max?: number;
  step?: number;
  required?: boolean;
  'data-path'?: string;
}) => (
  <NumberInput
    {...field}
    styles={{ wrapper: { maxWidth: '16rem' } }}
    w={w}
    allowDecimal={false}
    allowNegative={false}
    clampBehavior="strict"
    value={value ?? ''}
    onChange={(given) => {
      onChange(given === '' ? null : Number(given));
    }}
  />
);
