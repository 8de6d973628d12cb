// Files and command lines of tools that talk to Alibaba Cloud, or to something that can.
import { lone, pair, several } from '../kit.mjs';

export default [
  pair(
    'ossutil configuration',
    '.ossutilconfig',
    (id, secret, k) =>
      `[Credentials]\nlanguage=EN\nendpoint=oss-${k.region()}.aliyuncs.com\n${k.pick([`accessKeyID=${id}\naccessKeySecret=${secret}`, `accessKeySecret=${secret}\naccessKeyID=${id}`, `access_id=${id}\naccess_key=${secret}`])}\n`,
  ),
  pair(
    'ossutil on the command line',
    'sync.sh',
    (id, secret, k) =>
      `ossutil64 cp -rf ./dist oss://${k.bucket()}/ -e oss-${k.region()}.aliyuncs.com -i ${id} -k ${secret}\n`,
  ),
  pair('ossutil, secret first', 'sync.ksh', (id, secret) => `./ossutil ls -k ${secret} -i ${id}\n`),
  pair(
    'ossutil, long flags',
    'publish.sh',
    (id, secret) => `ossutil cp a oss://b/ --access-key-id=${id} --access-key-secret=${secret}\n`,
  ),
  several('ossutil, two accounts, one a line', 'mirror.sh', (k) => {
    const [x, y] = k.pairs(2);
    return `ossutil cp -r oss://a ./t -i ${x.id} -k ${x.secret}\nossutil cp -r ./t oss://b -i ${y.id} -k ${y.secret}\n`;
  }),
  pair(
    'aliyun configure set',
    'bootstrap.sh',
    (id, secret, k) =>
      `aliyun configure set --profile ${k.word()} --mode AK --region ${k.region()} \\\n  --access-key-id ${id} --access-key-secret ${secret}\n`,
  ),
  pair(
    'aliyun command',
    'query.sh',
    (id, secret) => `aliyun ecs DescribeRegions --access-key-id ${id} --access-key-secret "${secret}"\n`,
  ),
  pair(
    'aliyun configure, as typed',
    'session.log',
    (id, secret, k) =>
      `$ aliyun configure\nConfiguring profile 'default' in 'AK' authenticate mode...\nAccess Key Id []: ${id}\nAccess Key Secret []: ${secret}\nDefault Region Id []: ${k.region()}\nSaving profile[default] ...Done.\n`,
  ),
  pair(
    '.alibabacloud/credentials',
    '.alibabacloud/credentials',
    (id, secret) =>
      `[default]\nenable = true\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n`,
  ),
  pair(
    '.aws/credentials',
    '.aws/credentials',
    (id, secret) => `[oss]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
  ),
  several('.aws/credentials, with a real AWS profile', 'credentials', (k) => {
    const { id, secret } = k.pair();
    return `[default]\naws_access_key_id = AKIA${k.upper(16)}\naws_secret_access_key = ${k.alnum(40)}\n[oss]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
  }),
  pair(
    's3cmd',
    '.s3cfg',
    (id, secret) =>
      `[default]\naccess_key = ${id}\nbucket_location = US\nhost_base = oss-cn-hangzhou.aliyuncs.com\nhost_bucket = %(bucket)s.oss-cn-hangzhou.aliyuncs.com\nmultipart_chunk_size_mb = 15\nsecret_key = ${secret}\nuse_https = True\n`,
  ),
  pair(
    'rclone',
    'rclone.conf',
    (id, secret) =>
      `[ali]\ntype = s3\nprovider = Alibaba\nenv_auth = false\naccess_key_id = ${id}\nsecret_access_key = ${secret}\nacl = private\n`,
  ),
  pair('ossfs', 'passwd-ossfs', (id, secret, k) => `${k.bucket()}:${id}:${secret}\n`),
  several('ossfs, several buckets', 'passwd-ossfs', (k) =>
    k
      .pairs(4)
      .map(({ id, secret }) => `${k.bucket()}:${id}:${secret}\n`)
      .join(''),
  ),
  pair(
    'acme.sh',
    'account.conf',
    (id, secret) =>
      `LOG_FILE="/root/acme.log"\nSAVED_Ali_Key='${id}'\nSAVED_Ali_Secret='${secret}'\nUSER_PATH='/usr/bin'\n`,
  ),
  pair(
    'aliyunlog CLI',
    '.aliyunlogcli',
    (id, secret, k) =>
      `[main]\naccess-id = ${id}\naccess-key = ${secret}\nregion-endpoint = ${k.region()}.log.aliyuncs.com\n`,
  ),
  pair(
    'odps console',
    'odps_config.ini',
    (id, secret) =>
      `project_name=dw\naccess_id=${id}\naccess_key=${secret}\nend_point=http://service.odps.aliyun.com/api\n`,
  ),
  pair(
    'MinIO client alias',
    'mc.sh',
    (id, secret) => `mc alias set oss https://oss-cn-beijing.aliyuncs.com ${id} ${secret} --api S3v4\n`,
  ),
  pair(
    'shell history',
    '.bash_history',
    (id, secret, k) => `cd /srv\nls\nexport AK=${id}\ngit log ${k.hex(40)}\nexport SK=${secret}\nexit\n`,
  ),
  pair(
    'zsh history',
    '.zsh_history',
    (id, secret, k) =>
      `: ${k.epoch()}:0;ossutil config -e oss-cn-hangzhou.aliyuncs.com -i ${id} -k ${secret}\n: ${k.epoch()}:0;ls\n`,
  ),
  pair(
    'spark-submit',
    'submit.sh',
    (id, secret) =>
      `spark-submit --conf spark.hadoop.fs.oss.accessKeyId=${id} \\\n  --conf spark.hadoop.fs.oss.accessKeySecret=${secret} job.jar\n`,
  ),
  pair(
    'Flink',
    'flink-conf.yaml',
    (id, secret) =>
      `jobmanager.rpc.port: 6123\nfs.oss.endpoint: oss-cn-shanghai-internal.aliyuncs.com\nfs.oss.accessKeyId: ${id}\nfs.oss.accessKeySecret: ${secret}\n`,
  ),
  pair(
    'Hive statement',
    'external.hql',
    (id, secret) =>
      `CREATE EXTERNAL TABLE t (a string)\nSTORED BY 'com.aliyun.odps.CsvStorageHandler'\nLOCATION 'oss://${id}:${secret}@oss-cn-hangzhou.aliyuncs.com/bucket/dir/';\n`,
  ),
  pair(
    'curl, basic authentication',
    'probe.sh',
    (id, secret) => `curl -s -u ${id}:${secret} https://oss.example.com/list\n`,
  ),
  pair(
    'curl, form fields',
    'post.sh',
    (id, secret, k) =>
      `curl -X POST https://api.example.com/bind -d "accessKeyId=${id}&accessKeySecret=${secret}&nonce=${k.uuid()}"\n`,
  ),
  pair(
    'curl, JSON body',
    'bind.sh',
    (id, secret) =>
      `curl -H 'Content-Type: application/json' -d '{"ak":"${id}","sk":"${secret}"}' http://localhost:8080/bind\n`,
  ),
  pair(
    'URL user-info',
    'remotes.txt',
    (id, secret, k) => `oss://${id}:${secret}@${k.bucket()}.oss-${k.region()}.aliyuncs.com/backup\n`,
  ),
  pair(
    'git remote with user-info',
    '.gitconfig',
    (id, secret) => `[remote "origin"]\n\turl = https://${id}:${secret}@git.example.com/a/b.git\n`,
  ),
  pair(
    'ODPS connection string',
    'jdbc.properties',
    (id, secret) =>
      `jdbc.url=jdbc:odps:http://service.odps.aliyun.com/api?project=dw&accessId=${id}&accessKey=${secret}&charset=utf-8\n`,
  ),
  pair(
    'SQLAlchemy URL',
    'alembic.ini',
    (id, secret) =>
      `[alembic]\nsqlalchemy.url = odps://${id}:${secret}@project/?endpoint=http://service.odps.aliyun.com/api\n`,
  ),
  pair('netrc', '.netrc', (id, secret) => `machine oss.example.com login ${id} password ${secret}\n`),
  pair(
    'logtail',
    'ilogtail_config.json',
    (id, secret) =>
      `{\n "default_access_key_id" : "${id}",\n "default_access_key" : "${secret}",\n "max_bytes_per_sec" : 20971520\n}\n`,
  ),
  lone(
    'ossutil, secret from a file',
    'nightly.sh',
    (id, k) => `TRACE=${k.trace()}\nossutil cp a oss://b -i ${id} -k "$(cat /run/secrets/oss)"\n`,
  ),
];
