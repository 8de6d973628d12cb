// What attackers do first with a key that they found, as data. From public accounts of such attacks and from the tools that
// carry them out: who am I, whom and what is there, then a second way in, then what pays.

export interface Suspect {
  /**
   * `always`: hardly anybody's daily work. `unusual`: routine of many programs, told of when this key never did it before or
   * it comes from a new address. `new-address`: harmless in itself, and what comes first when somebody tries a key out.
   */
  readonly when: 'always' | 'unusual' | 'new-address';
  /** Half a sentence. */
  readonly why: string;
}

type Row = readonly [when: Suspect['when'], service: string, actions: string, why: string];

const ROWS: readonly Row[] = [
  // Who am I, what is there.
  ['new-address', 'sts', 'GetCallerIdentity', 'asks whose the key is'],
  ['new-address', 'ram', 'ListUsers ListUserBasicInfos GetUser', 'looks at users'],
  ['new-address', 'ram', 'ListAccessKeys', 'lists AccessKeys'],
  ['new-address', 'ram', 'ListGroups ListGroupsForUser ListUsersForGroup', 'looks at groups'],
  ['new-address', 'ram', 'ListRoles GetRole', 'looks at roles'],
  [
    'new-address',
    'ram',
    'ListPolicies ListPoliciesForUser ListPoliciesForGroup ListPoliciesForRole GetPolicy GetPolicyVersion ListEntitiesForPolicy',
    'looks at policies',
  ],
  ['new-address', 'ram', 'GetAccountAlias GetAccountSummary GetSecurityPreference', 'looks at the account'],
  ['new-address', 'resourcemanager', 'ListPolicyAttachments', 'looks at policies'],
  ['new-address', 'resourcemanager', 'ListAccounts GetResourceDirectory', 'looks at the other accounts'],
  ['new-address', 'oss', 'ListBuckets GetService', 'lists buckets'],
  ['new-address', 'ecs', 'DescribeInstances DescribeRegions', 'looks at machines'],
  ['new-address', 'rds', 'DescribeDBInstances', 'looks at databases'],
  ['new-address', 'kms', 'ListSecrets ListKeys', 'lists secrets'],
  ['new-address', 'bssopenapi', 'QueryAccountBalance QueryBill', 'looks at the money'],
  ['new-address', 'actiontrail', 'DescribeTrails GetTrailStatus LookupEvents', 'looks at what is logged'],

  // A second way in.
  ['always', 'ram', 'CreateUser', 'creates a user'],
  ['always', 'ram', 'CreateAccessKey', 'creates an AccessKey'],
  ['always', 'ram', 'CreateLoginProfile', 'gives a user a password'],
  ['always', 'ram', 'UpdateLoginProfile ChangePassword', "changes a user's password"],
  ['always', 'ram', 'UpdateAccessKey', 'switches an AccessKey on or off'],
  ['always', 'ram', 'RestoreAccessKeyFromRecycleBin', 'brings a deleted AccessKey back'],
  ['always', 'ram', 'SetAccessKeyPolicy', 'changes from where an AccessKey works'],
  ['always', 'ram', 'AttachPolicyToUser AttachPolicyToGroup AttachPolicyToRole', 'gives rights away'],
  ['always', 'resourcemanager', 'AttachPolicy', 'gives rights away'],
  ['always', 'ram', 'AddUserToGroup', 'puts a user into a group'],
  ['always', 'ram', 'CreatePolicy CreatePolicyVersion SetDefaultPolicyVersion', 'writes a policy'],
  ['always', 'ram', 'CreateRole', 'creates a role'],
  ['always', 'ram', 'UpdateRole', 'changes who may take a role'],
  ['always', 'ram', 'UnbindMFADevice DeleteVirtualMFADevice', 'takes a second factor off'],
  ['always', 'ram', 'CreateVirtualMFADevice BindMFADevice', 'puts a second factor of its own'],
  ['always', 'aassub', 'BindMFADevice', 'puts a second factor of its own'],
  [
    'always',
    'ram',
    'CreateOIDCProvider UpdateOIDCProvider CreateSAMLProvider UpdateSAMLProvider',
    'lets strangers sign in',
  ],
  ['always', 'ram', 'SetUserSsoSettings', 'changes how users sign in'],
  ['always', 'cloudsso', 'CreateUser', 'creates a user'],
  [
    'always',
    'cloudsso',
    'CreateAccessConfiguration AddPermissionPolicyToAccessConfiguration CreateAccessAssignment',
    'gives rights away',
  ],
  ['unusual', 'sts', 'AssumeRole', 'takes a role'],

  // Out of sight.
  ['always', 'actiontrail', 'StopLogging DeleteTrail UpdateTrail', 'turns the log off'],
  ['always', 'log', 'DeleteProject DeleteLogStore', 'deletes logs'],
  ['always', 'sas', 'ModifyAccessKeyLeakDeal', 'puts the warning of a leak away'],
  ['always', 'notifications', 'UpdateUserSubscription DelMessage', 'puts warnings away'],

  // Machines.
  ['unusual', 'ecs', 'RunCommand InvokeCommand CreateCommand SendFile', 'runs commands on machines'],
  ['unusual', 'ecs', 'RunInstances CreateInstance', 'starts machines'],
  ['unusual', 'ecs', 'ModifyInstanceAttribute ModifyInstanceVncPasswd', "changes a machine's password"],
  ['unusual', 'ecs', 'ImportKeyPair AttachKeyPair CreateKeyPair', 'puts a key of its own on machines'],
  ['unusual', 'ecs', 'StartTerminalSession', 'opens a terminal on a machine'],
  ['unusual', 'ecs', 'AuthorizeSecurityGroup', 'opens a port'],
  ['unusual', 'eci', 'CreateContainerGroup ExecContainerCommand', 'starts or enters containers'],
  ['unusual', 'ecd', 'CreateDesktops', 'starts desktops'],
  ['unusual', 'cs', 'DescribeClusterUserKubeconfig', 'takes the key of a cluster'],
  ['unusual', 'fc', 'CreateFunction UpdateFunction', 'brings code of its own'],

  // Data.
  ['unusual', 'kms', 'GetSecretValue', 'reads a secret'],
  ['unusual', 'oos', 'GetSecretParameter GetSecretParameters', 'reads a secret'],
  ['unusual', 'ecs', 'CreateSnapshot CopySnapshot CreateImage ExportImage', 'copies disks'],
  ['always', 'ecs', 'ModifyImageSharePermission ModifySnapshotAttribute', 'shares a copy of a disk with others'],
  ['unusual', 'rds', 'ModifySecurityIps AllocateInstancePublicConnection', 'opens a database to the outside'],
  ['unusual', 'rds', 'CreateAccount ResetAccountPassword ResetAccount', 'makes itself a database account'],
  ['unusual', 'rds', 'DescribeBackups CreateBackup', 'reaches for backups of a database'],
  ['unusual', 'dds', 'ModifySecurityIps AllocatePublicNetworkAddress', 'opens a database to the outside'],
  ['unusual', 'r-kvstore', 'ModifySecurityIps AllocateInstancePublicConnection', 'opens a database to the outside'],
  ['unusual', 'polardb', 'ModifyDBClusterAccessWhitelist CreateDBEndpointAddress', 'opens a database to the outside'],
  ['unusual', 'oss', 'PutBucketAcl PutBucketPolicy', 'changes who reads a bucket'],
  ['unusual', 'dms', 'CreateDataExportOrder ExecuteScript', 'takes data out of databases'],

  // What pays.
  ['unusual', 'dysmsapi', 'SendSms SendBatchSms', 'sends messages'],
  ['unusual', 'sms', 'SendSms SendBatchSms', 'sends messages'],
  ['unusual', 'alidns', 'AddDomainRecord UpdateDomainRecord', 'changes names on the internet'],
  ['always', 'bssopenapi', 'RefundInstance CreateInstance', 'buys or gives back'],
];

const BY_CALL: ReadonlyMap<string, Suspect> = new Map(
  ROWS.flatMap(([when, service, actions, why]) =>
    actions.split(' ').map((action) => [`${service}:${action.toLowerCase()}`, { when, why }] as const),
  ),
);

/** The console uses IMS for what programs do by RAM. */
const SAME_AS: Readonly<Record<string, string>> = { ims: 'ram' };

/** @param service as ActionTrail writes it, in any case */
export const suspectOf = (service: string, action: string): Suspect | null => {
  const name = service.toLowerCase();
  return BY_CALL.get(`${SAME_AS[name] ?? name}:${action.toLowerCase()}`) ?? null;
};
