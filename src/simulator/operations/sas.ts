// Security Center: Alibaba's own list of keys that it saw in public. Version 2018-12-03.

import { Refusal } from '../refusal.js';
import type { SimulatedAccount, SimulatedLeak } from '../world.js';
import { type Answer, type Asked, invalid, known, type Product, required, whole } from './operation.js';

export const sas: Product = {
  name: 'Sas',
  operations: {
    DescribeAccesskeyLeakList: {
      permission: 'yundun-sas:DescribeAccesskeyLeakList',
      permissionToo: 'yundun-aegis:DescribeAccesskeyLeakList',
      answer: (asked) => listed(asked),
    },
    DescribeAccessKeyLeakDetail: {
      permission: 'yundun-sas:DescribeAccessKeyLeakDetail',
      permissionToo: 'yundun-aegis:DescribeAccessKeyLeakDetail',
      answer: ({ account, parameters }) => detail(account, required(parameters, 'Id')),
    },
  },
};

const listed = ({ account, keyring, parameters }: Asked): Answer => {
  const { Query, Status, StartTs } = parameters;
  const currentPage = whole(parameters, 'CurrentPage', { min: 1, max: 1_000_000, or: 1 });
  const pageSize = whole(parameters, 'PageSize', { min: 1, max: 100, or: 20 });
  if (StartTs && !/^\d{1,15}$/.test(StartTs)) throw invalid('StartTs');
  const all = account.leaks ?? [];
  const matching = all.filter(
    (leak) =>
      (!Query || leak.accessKeyId === Query) &&
      (!Status || leak.status === Status) &&
      (!StartTs || Date.parse(leak.found) >= Number(StartTs)),
  );
  return {
    CurrentPage: currentPage,
    PageSize: pageSize,
    TotalCount: matching.length,
    AkLeakCount: all.filter(({ status }) => status === 'pending').length,
    AccessKeyLeakList: matching.slice((currentPage - 1) * pageSize, currentPage * pageSize).map((leak) => {
      const owner = keyring.callerOf(leak.accessKeyId);
      const isRoot = owner?.kind === 'root';
      return {
        Id: leak.id,
        AccesskeyId: leak.accessKeyId,
        Type: 'AccessKey',
        UserType: isRoot ? 'master' : 'ram',
        AliUserName: owner?.kind === 'user' ? owner.user.name : account.alias,
        Status: leak.status,
        DealType: leak.dealt?.how ?? 'pending',
        DealTime: leak.dealt === undefined ? '' : local(leak.dealt.at),
        GmtModified: Date.parse(leak.found),
        Url: leak.url,
        Asset: '云平台',
      };
    }),
  };
};

const detail = (account: SimulatedAccount, id: string): Answer => {
  const leak = account.leaks?.find((candidate) => String(candidate.id) === id);
  if (leak === undefined) throw new Refusal(400, 'IllegalParam', 'The specified parameter Id is illegal.');
  return known({
    Type: 'AccessKey',
    AccesskeyId: leak.accessKeyId,
    Source: leak.github === undefined ? '' : 'GitHub',
    DealType: leak.dealt?.how ?? 'pending',
    DealTime: leak.dealt === undefined ? '' : local(leak.dealt.at),
    Remark: leak.dealt?.remark ?? '',
    GmtCreate: local(leak.found),
    GmtModified: local(leak.found),
    WhitelistStatus: leak.dealt?.how === 'add-whitelist' ? 'yes' : 'no',
    Asset: '云平台',
    ...github(leak),
  });
};

const github = ({ github: place, url }: SimulatedLeak): Answer =>
  place === undefined
    ? {}
    : {
        GithubUser: place.user,
        GithubRepoName: place.repository,
        GithubRepoUrl: `https://github.com/${place.user}/${place.repository}`,
        GithubFileName: place.file,
        GithubFileType: place.fileType,
        GithubFileUrl: url,
        GithubFileUpdateTime: place.updated.slice(0, 19),
        Code: place.code ?? '',
      };

/** Security Center writes times of its own, in Beijing. */
const local = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
