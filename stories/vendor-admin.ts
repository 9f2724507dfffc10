/** What an admin does at the vendors by hand: make and revoke keys, delete webhooks, take access away. */
import assert from 'node:assert/strict';
import { permissionNames } from '#connectors/lever/emulator/vocabulary.ts';
import type { World } from './world.ts';

interface LeverAccount {
  keys: Array<{ id: string; key: string }>;
  hooks: Array<{ id: string; event: string; url: string; signatureToken: string }>;
  grants: Array<{ id: string; revokedAt: number | null }>;
}

export const leverAdminOf = (world: World) => {
  const account = (): LeverAccount => world.emulator('lever').snapshot() as LeverAccount;
  return {
    account,
    /** Generates a key on the credentials page with every permission but these. */
    async makeKey(without: readonly string[] = []): Promise<string> {
      const form = new URLSearchParams({ name: 'Loopwright' });
      for (const name of permissionNames)
        if (!without.includes(name)) form.append('permissions', name);
      const response = await fetch(`${world.sandbox.url}/lever/settings/credentials`, {
        method: 'POST',
        body: form,
      });
      const key = /id="new-key">([^<]+)</.exec(await response.text())?.[1];
      assert.ok(key, 'the page shows the new key');
      return key;
    },
    async revokeKey(key: string): Promise<void> {
      const id = account().keys.find((one) => one.key === key)?.id;
      await world.form(`/lever/settings/credentials/${id ?? ''}/revoke`);
    },
    async revokeApps(): Promise<void> {
      for (const { id } of account().grants.filter((grant) => grant.revokedAt === null))
        await world.form(`/lever/settings/apps/${id}/revoke`);
    },
    async deleteHook(event: string): Promise<void> {
      const id = account().hooks.find((hook) => hook.event === event)?.id;
      await world.form(`/lever/settings/webhooks/${id ?? ''}/delete`);
    },
    async sendTest(event: string): Promise<void> {
      const id = account().hooks.find((hook) => hook.event === event)?.id;
      await world.form(`/lever/settings/webhooks/${id ?? ''}/test`);
    },
  };
};

interface AshbyAccount {
  keys: Array<{ id: string; key: string }>;
  webhooks: Array<{ id: string; type: string; requestUrl: string; enabled: boolean }>;
}

export const ashbyAdminOf = (world: World) => {
  const account = (): AshbyAccount => world.emulator('ashby').snapshot() as AshbyAccount;
  const hookId = (type: string): string =>
    account().webhooks.find((hook) => hook.type === type)?.id ?? '';
  return {
    account,
    async makeKey(scopes: readonly string[]): Promise<string> {
      const form = new URLSearchParams({ title: 'Narrow' });
      for (const scope of scopes) form.append('scope', scope);
      const response = await fetch(`${world.sandbox.url}/ashby/admin/api/keys`, {
        method: 'POST',
        body: form,
      });
      const key = /id="api-key">([^<]+)</.exec(await response.text())?.[1];
      assert.ok(key, 'the page shows the new key');
      return key;
    },
    /** Unticks Enabled and saves. */
    disableHook: (type: string) => world.form(`/ashby/admin/webhooks/${hookId(type)}/enabled`),
    deleteHook: (type: string) => world.form(`/ashby/admin/webhooks/${hookId(type)}/delete`),
    /** Enters another secret token on the hook's page. */
    changeSecret: (type: string, secretToken: string) => {
      const hook = account().webhooks.find((one) => one.type === type);
      return world.form(`/ashby/admin/webhooks/${hook?.id ?? ''}`, {
        requestUrl: hook?.requestUrl ?? '',
        enabled: 'on',
        secretToken,
      });
    },
  };
};
