// XML and its dialects.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

export default [
  pair('XML elements', 'config.xml', (id, secret, k) => {
    const [a, b] = names(k, 'camel');
    return `${HEAD}<config>\n  <oss>\n    <${a}>${id}</${a}>\n    <${b}>${secret}</${b}>\n  </oss>\n</config>\n`;
  }),
  pair(
    'XML attributes',
    'beans.xml',
    (id, secret) =>
      `${HEAD}<beans>\n  <sms accessKeyId="${id}" accessKeySecret="${secret}" signName="shop"/>\n</beans>\n`,
  ),
  pair(
    'Spring bean, constructor arguments',
    'applicationContext.xml',
    (id, secret) =>
      `${HEAD}<bean class="com.aliyun.oss.OSSClient">\n  <constructor-arg value="http://oss.aliyuncs.com"/>\n  <constructor-arg value="${id}"/>\n  <constructor-arg value="${secret}"/>\n</bean>\n`,
  ),
  pair(
    'Spring bean, properties',
    'spring-oss.xml',
    (id, secret) =>
      `${HEAD}<bean id="oss">\n    <property name="accessId">\n        <value>${id}</value>\n    </property>\n    <property name="accessKey">\n        <value>${secret}</value>\n    </property>\n</bean>\n`,
  ),
  pair(
    'Hadoop',
    'core-site.xml',
    (id, secret, k) =>
      `${HEAD}<configuration>\n  <property>\n    <name>fs.oss.accessKeyId</name>\n    <value>${id}</value>\n  </property>\n  <property>\n    <name>fs.oss.endpoint</name>\n    <value>oss-${k.region()}.aliyuncs.com</value>\n  </property>\n  <property>\n    <name>fs.oss.accessKeySecret</name>\n    <value>${secret}</value>\n  </property>\n</configuration>\n`,
  ),
  pair(
    'Android strings',
    'res/values/strings.xml',
    (id, secret, k) =>
      `${HEAD}<resources>\n    <string name="app_name">${k.Word()}</string>\n    <string name="oss_key_id">${id}</string>\n    <string name="oss_key_secret">${secret}</string>\n</resources>\n`,
  ),
  pair(
    'Android manifest',
    'AndroidManifest.xml',
    (id, secret) =>
      `${HEAD}<application>\n  <meta-data android:name="com.aliyun.ak" android:value="${id}"/>\n  <meta-data android:name="com.aliyun.sk" android:value="${secret}"/>\n</application>\n`,
  ),
  pair(
    'property list',
    'Info.plist',
    (id, secret, k) =>
      `${HEAD}<plist version="1.0">\n<dict>\n\t<key>CFBundleName</key>\n\t<string>${k.Word()}</string>\n\t<key>AliyunAccessKey</key>\n\t<string>${id}</string>\n\t<key>AliyunSecretKey</key>\n\t<string>${secret}</string>\n</dict>\n</plist>\n`,
  ),
  pair(
    'Jenkins credentials',
    'credentials.xml',
    (id, secret, k) =>
      `<?xml version='1.1' encoding='UTF-8'?>\n<list>\n  <com.aliyun.Credentials>\n    <id>${k.uuid()}</id>\n    <accessKey>${id}</accessKey>\n    <secretKey>${secret}</secretKey>\n  </com.aliyun.Credentials>\n</list>\n`,
  ),
  pair(
    'Maven settings',
    'settings.xml',
    (id, secret) =>
      `<settings>\n  <servers>\n    <server><id>oss-repo</id><username>${id}</username><password>${secret}</password></server>\n  </servers>\n</settings>\n`,
  ),
  pair(
    'XML on one line',
    'response.xml',
    (id, secret, k) =>
      `${HEAD}<CreateAccessKeyResponse><AccessKey><AccessKeySecret>${secret}</AccessKeySecret><CreateDate>${k.date()}T01:02:03Z</CreateDate><AccessKeyId>${id}</AccessKeyId><Status>Active</Status></AccessKey><RequestId>${k.uuid().toUpperCase()}</RequestId></CreateAccessKeyResponse>`,
  ),
  pair(
    'CDATA',
    'payload.xml',
    (id, secret) => `<xml><id><![CDATA[${id}]]></id><secret><![CDATA[${secret}]]></secret></xml>\n`,
  ),
  pair(
    'web.config',
    'web.config',
    (id, secret) =>
      `<configuration><appSettings>\n  <add key="OSS.AccessId" value="${id}" />\n  <add key="OSS.AccessKey" value="${secret}" />\n</appSettings></configuration>\n`,
  ),
  pair(
    'C# settings file',
    'Settings.settings',
    (id, secret) =>
      `<Setting Name="KeyId" Type="System.String" Scope="User">\n  <Value Profile="(Default)">${id}</Value>\n</Setting>\n<Setting Name="KeySecret" Type="System.String" Scope="User">\n  <Value Profile="(Default)">${secret}</Value>\n</Setting>\n`,
  ),
  several(
    'XML, several accounts',
    'accounts.xml',
    (k) =>
      `${HEAD}<accounts>\n${k
        .pairs(k.int(2, 5))
        .map(({ id, secret }) => `  <account name="${k.word()}" key="${id}" secret="${secret}"/>\n`)
        .join('')}</accounts>\n`,
  ),
  several('XML, old pair in a comment', 'oss.xml', (k) => {
    const [now, old] = k.pairs(2);
    return `<oss>\n  <!-- <accessKeyId>${old.id}</accessKeyId>\n  <accessKeySecret>${old.secret}</accessKeySecret> -->\n  <accessKeyId>${now.id}</accessKeyId>\n  <accessKeySecret>${now.secret}</accessKeySecret>\n</oss>\n`;
  }),
  pair(
    'JMeter plan',
    'plan.jmx',
    (id, secret) =>
      `<elementProp name="ak" elementType="Argument">\n  <stringProp name="Argument.name">ak</stringProp>\n  <stringProp name="Argument.value">${id}</stringProp>\n</elementProp>\n<elementProp name="sk" elementType="Argument">\n  <stringProp name="Argument.name">sk</stringProp>\n  <stringProp name="Argument.value">${secret}</stringProp>\n</elementProp>\n`,
  ),
  pair(
    'IDE run configuration',
    '.idea/workspace.xml',
    (id, secret) =>
      `<component name="RunManager"><configuration><envs>\n  <env name="ALIYUN_ACCESS_KEY_ID" value="${id}" />\n  <env name="ALIYUN_ACCESS_KEY_SECRET" value="${secret}" />\n</envs></configuration></component>\n`,
  ),
];
