// The few of gitbeaker's resources that are asked, so that the others stay out of what ships. Loaded for gitlab: alone: with what
// it brings along it is 160 KB, of which asking takes a tenth.

import { Groups, ProjectSnippets, Users } from '@gitbeaker/core';
import { createRequesterFn } from '@gitbeaker/requester-utils';

export interface Asking {
  readonly page: number;
  readonly perPage: number;
  readonly showExpanded: true;
}

export interface GitlabClient {
  group(name: string, asking: Asking): Promise<unknown>;
  /** Those called so: one or none. */
  users(name: string): Promise<unknown>;
  user(id: number, asking: Asking): Promise<unknown>;
  snippets(project: string, asking: Asking): Promise<unknown>;
}

export interface GitlabAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** An order that neither a push nor a new project changes while pages are read. */
const BY_NUMBER = { orderBy: 'id', sort: 'asc' } as const;

/** @param get in place of its `fetch`; the token is added there, and this library never sees it */
export const createGitlabClient = (host: string, get: (address: string) => Promise<GitlabAnswer>): GitlabClient => {
  const requesterFn = createRequesterFn(
    async (_service, request) => request,
    async (endpoint, request) => {
      const query = (request as { readonly searchParams?: string } | undefined)?.searchParams;
      const { body, headers } = await get(`${endpoint}${query === undefined ? '' : `?${query}`}`);
      return { body: body as Record<string, unknown>[], status: 200, headers: { ...headers } };
    },
  );
  const settings = { host, token: '', requesterFn };
  const groups = new Groups(settings);
  const users = new Users(settings);
  const snippets = new ProjectSnippets(settings);
  return {
    group: (name, asking) =>
      groups.allProjects(name, { ...asking, ...BY_NUMBER, includeSubgroups: true, withShared: false }),
    users: (name) => users.all({ username: name }),
    user: (id, asking) => users.allProjects(id, { ...asking, ...BY_NUMBER }),
    snippets: (project, asking) => snippets.all(project, asking),
  };
};
