// Infrastructure as code, containers, clusters, pipelines.

import { b64 } from '../encode.mjs';
import { pair, several } from '../kit.mjs';

const base64 = { encoding: 'base64' };

export default [
  pair(
    'Terraform provider',
    'main.tf',
    (id, secret, k) =>
      `provider "alicloud" {\n  access_key = "${id}"\n  secret_key = "${secret}"\n  region     = "${k.region()}"\n}\n`,
  ),
  pair(
    'Terraform variables',
    'terraform.tfvars',
    (id, secret) => `ali_access_key = "${id}"\nali_secret_key = "${secret}"\n`,
  ),
  pair(
    'Terraform variable defaults',
    'variables.tf',
    (id, secret) =>
      `variable "ak" {\n  type    = string\n  default = "${id}"\n}\n\nvariable "sk" {\n  type    = string\n  default = "${secret}"\n}\n`,
  ),
  pair(
    'Terraform backend, secret above',
    'backend.tf',
    (id, secret, k) =>
      `terraform {\n  backend "oss" {\n    secret_key = "${secret}"\n    bucket = "${k.bucket()}"\n    prefix = "state"\n    access_key = "${id}"\n  }\n}\n`,
  ),
  several('Terraform, two provider aliases', 'providers.tf', (k) =>
    k
      .pairs(2)
      .map(
        ({ id, secret }, i) =>
          `provider "alicloud" {\n  alias      = "r${i}"\n  access_key = "${id}"\n  secret_key = "${secret}"\n}\n`,
      )
      .join('\n'),
  ),
  pair(
    'Packer',
    'image.pkr.hcl',
    (id, secret) =>
      `source "alicloud-ecs" "base" {\n  access_key   = "${id}"\n  secret_key   = "${secret}"\n  image_name   = "base"\n}\n`,
  ),
  pair(
    'Pulumi',
    'Pulumi.prod.yaml',
    (id, secret) => `config:\n  alicloud:accessKey: ${id}\n  alicloud:secretKey: ${secret}\n`,
  ),
  pair(
    'Ansible',
    'playbook.yml',
    (id, secret) =>
      `- hosts: localhost\n  tasks:\n    - ali_instance:\n        alicloud_access_key: ${id}\n        alicloud_secret_key: ${secret}\n        count: 1\n`,
  ),
  pair('Ansible inventory', 'hosts', (id, secret) => `[web]\n10.0.0.1 oss_ak=${id} oss_sk=${secret}\n10.0.0.2\n`),
  pair(
    'Dockerfile, ENV',
    'Dockerfile',
    (id, secret) => `FROM node:20\nENV AK ${id}\nENV SK ${secret}\nCMD ["node", "app.js"]\n`,
  ),
  pair(
    'Dockerfile, ENV with continued lines',
    'Dockerfile.prod',
    (id, secret) =>
      `FROM alpine\nENV TZ=Asia/Shanghai \\\n    OSS_ACCESS_KEY_ID=${id} \\\n    OSS_ACCESS_KEY_SECRET=${secret} \\\n    LANG=C\n`,
  ),
  pair(
    'Dockerfile, ARG',
    'build.dockerfile',
    (id, secret) => `ARG KEY_ID=${id}\nARG KEY_SECRET=${secret}\nFROM scratch\n`,
  ),
  pair(
    'Compose, map',
    'docker-compose.yml',
    (id, secret) =>
      `services:\n  api:\n    image: api\n    environment:\n      ACCESS_KEY: ${id}\n      SECRET_KEY: ${secret}\n`,
  ),
  pair(
    'Compose, list',
    'compose.yaml',
    (id, secret) =>
      `services:\n  ddns:\n    environment:\n      - AKID=${id}\n      - AKSCT=${secret}\n      - TTL=600\n`,
  ),
  several('Compose, two services', 'docker-compose.override.yml', (k) => {
    const [x, y] = k.pairs(2);
    return `services:\n  a:\n    environment:\n      - OSS_ID=${x.id}\n      - OSS_KEY=${x.secret}\n  b:\n    environment:\n      - "OSS_KEY=${y.secret}"\n      - "OSS_ID=${y.id}"\n`;
  }),
  pair(
    'Kubernetes Secret, data',
    'secret.yaml',
    (id, secret, k) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${k.word()}\n  uid: ${k.uuid()}\ntype: Opaque\ndata:\n  akId: ${b64(id)}\n  akSecret: ${b64(secret)}\n`,
    base64,
  ),
  pair(
    'Kubernetes Secret, data, alphabetical, a token between',
    'secret-dump.yml',
    (id, secret, k) =>
      `apiVersion: v1\ndata:\n  access-key: ${b64(id)}\n  ca.crt: ${b64(k.alnum(120))}\n  endpoint: ${b64('oss-cn-beijing.aliyuncs.com')}\n  secret-key: ${b64(secret)}\nkind: Secret\n`,
    base64,
  ),
  pair(
    'Kubernetes Secret, stringData',
    'secret-plain.yaml',
    (id, secret) => `kind: Secret\nstringData:\n  access-key: ${id}\n  secret-key: ${secret}\n`,
  ),
  pair(
    'Kubernetes Secret, a file inside',
    'secret-file.yaml',
    (id, secret) =>
      `kind: Secret\ndata:\n  config.json: ${b64(JSON.stringify({ accessKeyId: id, accessKeySecret: secret, regionId: 'cn-hangzhou' }))}\n`,
    base64,
  ),
  pair(
    'Kubernetes Deployment, name and value',
    'deployment.yaml',
    (id, secret, k) =>
      `      containers:\n        - image: app@sha256:${k.hex(64)}\n          env:\n            - name: OSS_ACCESS_KEY_ID\n              value: ${id}\n            - name: OSS_ACCESS_KEY_SECRET\n              value: "${secret}"\n`,
  ),
  pair(
    'ConfigMap with a file',
    'configmap.yaml',
    (id, secret) => `kind: ConfigMap\ndata:\n  application.properties: |\n    oss.id=${id}\n    oss.secret=${secret}\n`,
  ),
  pair(
    'cloud controller manager',
    'cloud-config',
    (id, secret) => `${JSON.stringify({ Global: { accessKeyID: b64(id), accessKeySecret: b64(secret) } }, null, 4)}\n`,
    base64,
  ),
  pair(
    'Helm values',
    'values.yaml',
    (id, secret, k) =>
      `image:\n  tag: ${k.hex(7)}\nobjectStorage:\n  credentials:\n    accessKey: ${id}\n    secretKey: ${secret}\n`,
  ),
  pair(
    'Helm on the command line',
    'install.zsh',
    (id, secret) =>
      `helm upgrade --install loki loki/loki --set s3.accessKeyId=${id},s3.secretAccessKey=${secret} -n logs\n`,
  ),
  pair(
    'kubectl create secret',
    'create-secret.sh',
    (id, secret) =>
      `kubectl create secret generic oss \\\n  --from-literal=akId='${id}' \\\n  --from-literal=akSecret='${secret}'\n`,
  ),
  pair(
    'GitHub workflow',
    '.github/workflows/deploy.yml',
    (id, secret, k) =>
      `jobs:\n  deploy:\n    steps:\n      - uses: actions/checkout@${k.hex(40)}\n      - uses: fangbinwei/aliyun-oss-website-action@v1\n        with:\n          accessKeyId: ${id}\n          accessKeySecret: ${secret}\n`,
  ),
  pair(
    'GitLab pipeline',
    '.gitlab-ci.yml',
    (id, secret) => `variables:\n  ALI_ID: "${id}"\n  ALI_SECRET: "${secret}"\nbuild:\n  script: make\n`,
  ),
  pair(
    'Jenkinsfile',
    'Jenkinsfile',
    (id, secret) => `pipeline {\n  environment {\n    OSS_KEY_ID = '${id}'\n    OSS_KEY_SECRET = '${secret}'\n  }\n}\n`,
  ),
  pair(
    'Vagrantfile',
    'Vagrantfile',
    (id, secret) =>
      `Vagrant.configure("2") do |c|\n  c.vm.provider :aliyun do |a|\n    a.access_key_id = "${id}"\n    a.access_key_secret = "${secret}"\n  end\nend\n`,
  ),
  pair(
    'nginx, Lua variables',
    'nginx.conf',
    (id, secret) =>
      `location /img/ {\n  set $oss_key "${id}";\n  set $oss_secret "${secret}";\n  proxy_pass http://oss;\n}\n`,
  ),
  pair(
    'Nix',
    'default.nix',
    (id, secret) =>
      `{ pkgs }: {\n  environment.variables = {\n    OSS_ID = "${id}";\n    OSS_SECRET = "${secret}";\n  };\n}\n`,
  ),
];
