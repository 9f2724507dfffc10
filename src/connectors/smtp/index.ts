/** SMTP: any mail server. */
import { z } from 'zod';
import { defineConnector } from '#connectors/contract.ts';
import { connectMail } from './client.ts';
import { verify } from './verify.ts';

const settings = z.object({
  host: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9.:[\]-]{1,253}$/,
      'Give the name of the server alone, such as mail.example.com',
    )
    .meta({ title: 'Server', description: 'The name of the server, such as mail.example.com.' }),
  port: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(465)
    .meta({ title: 'Port', description: '465 with TLS, 587 with STARTTLS.' }),
  security: z.enum(['tls', 'starttls', 'none']).default('tls').meta({
    title: 'Encryption',
    description: '`tls`, `starttls`, or `none` for a server on this machine or a private network.',
  }),
  user: z
    .string()
    .trim()
    .max(320)
    .default('')
    .meta({ title: 'User', description: 'Leave empty where the server asks for none.' }),
  // Not a key: it may hold blanks, and whatever else its owner liked.
  password: z
    .string()
    .min(1, 'The password is empty. Enter it again.')
    .max(1_024)
    .meta({ title: 'Password', description: 'Of that user.', secret: true })
    .optional(),
  fromAddress: z
    .email('It is no plain e-mail address. Give one such as interviews@example.com')
    .max(254)
    .meta({
      title: 'Sender’s address',
      description: 'Organizer of every invite, and the address that replies go to.',
    }),
  fromName: z
    .string()
    .trim()
    .max(120)
    .regex(/^\P{Cc}*$/u, 'Leave out line ends and control characters')
    .default('Interviews')
    .meta({ title: 'Sender’s name', description: 'What recipients see.' }),
});

export default defineConnector({
  id: 'smtp',
  name: 'Mail server (SMTP)',
  docsUrl: 'https://www.rfc-editor.org/rfc/rfc5321',
  role: 'mail',
  hosts: [],
  settings,
  rateLimit: { perSecond: 0, burst: 1 },
  verify,
  connect: (link) => ({ mail: connectMail(link) }),
});
