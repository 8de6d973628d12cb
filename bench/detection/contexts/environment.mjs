// Environment variables: dotenv files, shells, service managers.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

export default [
  pair(
    'dotenv, the SDK names',
    '.env',
    (id, secret, k) =>
      `NODE_ENV=production\nPORT=${k.int(1000, 9000)}\n\nALIBABA_CLOUD_ACCESS_KEY_ID=${id}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret}\nJWT_SECRET=${k.alnum(32)}\n`,
  ),
  pair('dotenv, quoted, spaces', '.env.production', (id, secret, k) => {
    const [a, b] = names(k, 'upper');
    return `# ${k.word()}\n${a} = "${id}"\n${b} = "${secret}"\nREDIS_PASSWORD='${k.alnum(16)}'\n`;
  }),
  pair(
    'dotenv, secret first, others between',
    '.env.local',
    (id, secret, k) =>
      `OSS_ACCESS_KEY_SECRET='${secret}'\nOSS_BUCKET='${k.bucket()}'\nOSS_REGION='oss-${k.region()}'\nOSS_ACCESS_KEY_ID='${id}'\n`,
  ),
  pair('dotenv, front-end prefixes', '.env.development', (id, secret, k) => {
    const prefix = k.pick(['VITE_', 'REACT_APP_', 'NEXT_PUBLIC_', 'VUE_APP_']);
    return `${prefix}TITLE=shop\n${prefix}OSS_KEY_ID=${id}\n${prefix}OSS_KEY_SECRET=${secret}\n${prefix}BUILD=${k.hex(40)}\n`;
  }),
  pair(
    'dotenv, names of another cloud',
    '.env.staging',
    (id, secret) =>
      `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_ENDPOINT=https://oss-cn-beijing.aliyuncs.com\n`,
  ),
  pair(
    'dotenv, the key is the secret',
    '.env.odps',
    (id, secret) => `ODPS_ACCESS_ID=${id}\nODPS_ACCESS_KEY=${secret}\nODPS_PROJECT=dw\n`,
  ),
  pair('exports in a shell script', 'deploy.sh', (id, secret, k) => {
    const [a, b] = names(k, 'upper');
    return `#!/bin/sh\nset -eu\nexport ${a}="${id}"\nexport ${b}="${secret}"\n./push "$1"\n`;
  }),
  pair('exports on one line', 'run.bash', (id, secret) => `export AK=${id} SK=${secret} && python3 main.py\n`),
  pair(
    'a profile with single quotes',
    '.bashrc',
    (id, secret) =>
      `alias ll='ls -la'\nexport ALICLOUD_ACCESS_KEY='${id}'\nexport ALICLOUD_SECRET_KEY='${secret}'\nexport PATH=$PATH:/opt/bin\n`,
  ),
  pair(
    'fish',
    'config.fish',
    (id, secret) => `set -gx ALIYUN_ACCESS_KEY_ID ${id}\nset -gx ALIYUN_ACCESS_KEY_SECRET ${secret}\n`,
  ),
  pair('csh', '.cshrc', (id, secret) => `setenv ALIYUN_AK ${id}\nsetenv ALIYUN_SK ${secret}\n`),
  pair(
    'PowerShell',
    'setup.ps1',
    (id, secret, k) =>
      `$ErrorActionPreference = 'Stop'\n$env:ALIBABA_CLOUD_ACCESS_KEY_ID = "${id}"\n$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = "${secret}"\n# ${k.uuid()}\n`,
  ),
  pair(
    'PowerShell, parameters with defaults',
    'upload.psm1',
    (id, secret) =>
      `param(\n  [string]$AccessKeyId = '${id}',\n  [string]$AccessKeySecret = '${secret}',\n  [int]$Days = 7\n)\n`,
  ),
  pair(
    'batch',
    'build.bat',
    (id, secret) => `@echo off\nset OSS_ACCESS_ID=${id}\nset OSS_ACCESS_KEY=${secret}\ncall upload.exe\n`,
  ),
  pair(
    'batch, setx',
    'install.cmd',
    (id, secret) => `setx ALIYUN_ACCESS_KEY_ID "${id}" /M\r\nsetx ALIYUN_ACCESS_KEY_SECRET "${secret}" /M\r\n`,
  ),
  pair(
    'systemd unit',
    'worker.service',
    (id, secret) =>
      `[Service]\nEnvironment="ACCESS_KEY_ID=${id}" "ACCESS_KEY_SECRET=${secret}"\nExecStart=/usr/bin/worker\n`,
  ),
  pair(
    'crontab',
    'crontab',
    (id, secret) => `MAILTO=ops\n0 3 * * * ALI_ID=${id} ALI_SECRET=${secret} /opt/backup.sh >/dev/null 2>&1\n`,
  ),
  pair(
    'Makefile',
    'Makefile',
    (id, secret) =>
      `OSS_ID := ${id}\nOSS_KEY ?= ${secret}\n\ndeploy:\n\t@ossutil cp -r dist oss://www -i $(OSS_ID) -k $(OSS_KEY)\n`,
  ),
  pair(
    'direnv',
    '.envrc',
    (id, secret) => `layout node\nexport TF_VAR_access_key=${id}\nexport TF_VAR_secret_key=${secret}\n`,
  ),
  pair(
    'supervisor, one line',
    'supervisord.conf',
    (id, secret) => `[program:api]\ncommand=/srv/api\nenvironment=OSS_AK="${id}",OSS_SK="${secret}",LANG="C"\n`,
  ),
  pair(
    'npm configuration',
    '.npmrc',
    (id, secret, k) =>
      `registry=https://registry.npmmirror.com\n//npm.example.com/:_authToken=${k.uuid()}\noss_id=${id}\noss_secret=${secret}\n`,
  ),
  several('dotenv, two services', '.env.all', (k) => {
    const [oss, sms] = k.pairs(2);
    return `OSS_ACCESS_KEY_ID=${oss.id}\nOSS_ACCESS_KEY_SECRET=${oss.secret}\nOSS_BUCKET=${k.bucket()}\n\nSMS_ACCESS_KEY_ID=${sms.id}\nSMS_ACCESS_KEY_SECRET=${sms.secret}\nSMS_SIGN=shop\n`;
  }),
  several('dotenv, IDs first and then the secrets', '.env.test', (k) => {
    const [oss, sms, vod] = k.pairs(3);
    return `OSS_ACCESS_KEY_ID=${oss.id}\nSMS_ACCESS_KEY_ID=${sms.id}\nVOD_ACCESS_KEY_ID=${vod.id}\n\nOSS_ACCESS_KEY_SECRET=${oss.secret}\nSMS_ACCESS_KEY_SECRET=${sms.secret}\nVOD_ACCESS_KEY_SECRET=${vod.secret}\n`;
  }),
  several('dotenv, secrets in another order than the IDs', '.env.backup', (k) => {
    const [oss, sms, vod] = k.pairs(3);
    return `OSS_ACCESS_KEY_ID=${oss.id}\nSMS_ACCESS_KEY_ID=${sms.id}\nVOD_ACCESS_KEY_ID=${vod.id}\nVOD_ACCESS_KEY_SECRET=${vod.secret}\nOSS_ACCESS_KEY_SECRET=${oss.secret}\nSMS_ACCESS_KEY_SECRET=${sms.secret}\n`;
  }),
];
