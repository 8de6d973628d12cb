// The files of the demo's repository, as their authors would have written them. Keys come in as parameters; what looks like
// one and is none (placeholders, masks, hashes) must stay silent.

import { type DemoKey, PREFIX } from './company.js';

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;

export const readme = lines(
  '# Lantern Outdoor shop',
  '',
  'Tents, lamps and boots. `npm start` runs the shop on port 3000.',
  '',
  'Copy `.env.example` to `.env` and fill in the AccessKey of your own RAM user',
  `(it looks like \`${PREFIX}****************\`; ask Lin Yue if you have none).`,
);

export const envExample = lines(
  'PORT=3000',
  'ALIBABA_CLOUD_ACCESS_KEY_ID=yourAccessKeyId',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET=yourAccessKeySecret',
  `# OSS_ACCESS_KEY_ID=${PREFIX}${'x'.repeat(20)}`,
  `# OSS_ACCESS_KEY_SECRET=${'x'.repeat(30)}`,
);

export const server = lines(
  "import http from 'node:http';",
  "import { catalogue } from './catalogue.js';",
  '',
  '// Build 5f2c9a7e31d04b8896ab3e7c10d2f4 of the storefront.',
  "const BUILD = process.env.BUILD ?? 'dev';",
  '',
  'http',
  '  .createServer((request, response) => {',
  "    response.setHeader('x-build', BUILD);",
  '    response.end(catalogue(request.url));',
  '  })',
  '  .listen(process.env.PORT ?? 3000);',
);

export const catalogueSource = lines(
  "const items = ['tent', 'lamp', 'boots'];",
  '',
  'export const catalogue = (url) => JSON.stringify(items.filter((item) => url.includes(item)));',
);

export const upload = ({ id, secret }: DemoKey): string =>
  lines(
    "import OSS from 'ali-oss';",
    '',
    '// TODO(marco): move to the environment before launch',
    'const client = new OSS({',
    "  region: 'oss-cn-hangzhou',",
    `  accessKeyId: '${id}',`,
    `  accessKeySecret: '${secret}',`,
    "  bucket: 'lantern-photos',",
    '});',
    '',
    "export const upload = (name, bytes) => client.put('photos/' + name, bytes);",
  );

export const deploy = ({ id, secret }: DemoKey): string =>
  lines(
    '#!/bin/sh',
    '# Friday deploy. Runs as the account owner until the RAM policies are sorted out.',
    'set -e',
    `export ALIBABA_CLOUD_ACCESS_KEY_ID=${id}`,
    `export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret}`,
    'aliyun ecs RunCommand --Type RunShellScript --CommandContent "systemctl restart shop"',
  );

export const application = ({ id, secret }: DemoKey): string =>
  lines(
    'spring:',
    '  application:',
    '    name: orders',
    'aliyun:',
    '  rds:',
    '    region: cn-hangzhou',
    `    access-key-id: ${id}`,
    `    access-key-secret: ${secret}`,
  );

export const kubernetes = ({ id, secret }: DemoKey): string => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return lines(
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: reports',
    'type: Opaque',
    'data:',
    `  access-key-id: ${base64(id)}`,
    `  access-key-secret: ${base64(secret)}`,
  );
};

export const catalogue = ({ id }: DemoKey): string => {
  const query = `OSSAccessKeyId=${id}&amp;Expires=1767225600&amp;Signature=qT1vJc0hZ8m3n5p7r9t1v3x5z7A%3D`;
  return lines(
    '<!doctype html>',
    '<title>Autumn catalogue</title>',
    `<img src="https://lantern-photos.oss-cn-hangzhou.aliyuncs.com/autumn.jpg?${query}" alt="A tent under stars">`,
  );
};

export const terraform = ({ id, secret }: DemoKey): string =>
  lines(
    '# Used by CI. Do not commit your own!',
    'region     = "cn-hangzhou"',
    `access_key = "${id}"`,
    `secret_key = "${secret}"`,
    'instances  = 3',
  );

/** A picture that a supplier signed for its customers. */
export const suppliers = ({ id }: DemoKey): string => {
  const query = `OSSAccessKeyId=${id}&amp;Expires=1798761600&amp;Signature=m8Rr2mB4x0qVd6o1s3u5w7y9A2C%3D`;
  return lines(
    '<!doctype html>',
    '<title>Our suppliers</title>',
    `<img src="https://summit-media.oss-cn-shanghai.aliyuncs.com/lamp-40.jpg?${query}" alt="A lamp">`,
  );
};

const reportHead = ['import csv, os, sys', 'import oss2', ''];

export const report = lines(
  ...reportHead,
  "auth = oss2.Auth(os.environ['OSS_ACCESS_KEY_ID'], os.environ['OSS_ACCESS_KEY_SECRET'])",
  "bucket = oss2.Bucket(auth, 'https://oss-cn-hangzhou.aliyuncs.com', 'lantern-reports')",
);

/** The same while somebody debugs it. */
export const reportInDebug = ({ id, secret }: DemoKey): string =>
  lines(
    ...reportHead,
    '# quick test with my own account',
    `auth = oss2.Auth('${id}', '${secret}')`,
    "bucket = oss2.Bucket(auth, 'https://oss-cn-hangzhou.aliyuncs.com', 'lantern-reports')",
  );
