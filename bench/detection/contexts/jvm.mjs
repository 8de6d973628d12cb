// Java, Kotlin, Scala, Groovy, Clojure, and what decompilers make of them.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

export default [
  pair('Java constants', 'OssConfig.java', (id, secret, k) => {
    const [a, b] = names(k, 'upper');
    return `package com.${k.word()};\n\npublic class OssConfig {\n    public static final String ENDPOINT = "oss-${k.region()}.aliyuncs.com";\n    public static final String ${a} = "${id}";\n    public static final String ${b} = "${secret}";\n    private ${k.Word()} ${k.camel(30)};\n}\n`;
  }),
  pair(
    'Java, getProfile',
    'SmsUtil.java',
    (id, secret, k) =>
      `IClientProfile profile = DefaultProfile.getProfile("${k.region()}", "${id}", "${secret}");\nreturn new DefaultAcsClient(profile);\n`,
  ),
  pair(
    'Java, getProfile, one argument a line',
    'SmsSender.java',
    (id, secret, k) =>
      `DefaultProfile profile = DefaultProfile.getProfile(\n        "${k.region()}",          // region\n        "${id}",      // key\n        "${secret}"); // secret\n`,
  ),
  pair(
    'Java, OSSClientBuilder',
    'Upload.java',
    (id, secret, k) =>
      `OSS oss = new OSSClientBuilder().build("https://oss-${k.region()}.aliyuncs.com", "${id}", "${secret}");\noss.putObject("${k.bucket()}", "${k.camel(30)}", file);\n`,
  ),
  pair(
    'Java, setters',
    'ClientFactory.java',
    (id, secret, k) =>
      `Config config = new Config()\n        .setAccessKeyId("${id}")\n        .setAccessKeySecret("${secret}");\nconfig.endpoint = "dysmsapi.aliyuncs.com"; // ${k.uuid()}\n`,
  ),
  pair(
    'Java, setters, secret first',
    'VodFactory.java',
    (id, secret) =>
      `config.setAccessKeySecret("${secret}");\nconfig.setRegionId("cn-shanghai");\nconfig.setAccessKeyId("${id}");\n`,
  ),
  pair(
    'Java, ONS property keys',
    'Producer.java',
    (id, secret, k) =>
      `Properties p = new Properties();\np.put(PropertyKeyConst.GROUP_ID, "GID_${k.word()}");\np.put(PropertyKeyConst.AccessKey, "${id}");\np.put(PropertyKeyConst.SecretKey, "${secret}");\n`,
  ),
  pair(
    'Java, names say nothing',
    'Constants.java',
    (id, secret) => `static final String A = "${id}";\nstatic final String B = "${secret}";\n`,
  ),
  pair(
    'Java, annotation defaults',
    'OssProperties.java',
    (id, secret) =>
      `@Value("\${oss.ak:${id}}")\nprivate String ak;\n@Value("\${oss.sk:${secret}}")\nprivate String sk;\n`,
  ),
  pair(
    'Java, far apart',
    'Legacy.java',
    (id, secret, k) =>
      `    private String accessKeyId = "${id}";\n${k.filler('java', k.int(10, 60))}\n    private String accessKeySecret = "${secret}";\n`,
  ),
  several('Java, several accounts in methods', 'Accounts.java', (k) =>
    k
      .pairs(k.int(2, 4))
      .map(
        ({ id, secret }) =>
          `    public static OSS ${k.camel(10)}() {\n        String accessKeyId = "${id}";\n        String accessKeySecret = "${secret}";\n        return new OSSClient(ENDPOINT, accessKeyId, accessKeySecret);\n    }\n`,
      )
      .join('\n'),
  ),
  several('Java, arrays in parallel', 'Pool.java', (k) => {
    const all = k.pairs(3);
    return `static String[] IDS = {${all.map(({ id }) => `"${id}"`).join(', ')}};\nstatic String[] SECRETS = {${all.map(({ secret }) => `"${secret}"`).join(', ')}};\n`;
  }),
  several('Java, old pair commented out', 'Sms.java', (k) => {
    const [now, old] = k.pairs(2);
    return `//    static final String accessKeyId = "${old.id}";\n    static final String accessKeyId = "${now.id}";\n//    static final String accessKeySecret = "${old.secret}";\n    static final String accessKeySecret = "${now.secret}";\n`;
  }),
  several(
    'Java, enum',
    'Store.java',
    (k) =>
      `enum Store {\n${k
        .pairs(3)
        .map(({ id, secret }) => `    ${k.word().toUpperCase()}("${k.bucket()}", "${id}", "${secret}")`)
        .join(',\n')};\n}\n`,
  ),
  pair(
    'Javadoc',
    'Doc.java',
    (id, secret) => `/**\n * test account: ${id} / ${secret}\n * @author me\n */\nclass Doc {}\n`,
  ),
  pair(
    'decompiled Java',
    'a/b/c.java',
    (id, secret, k) =>
      `package a.b;\n/* renamed from: ${k.camel(30)} */\npublic final class c {\n  public static final String f12345a = "${id}";\n  public static final String f12346b = "${secret}";\n  void a() { this.f = new OSSPlainTextAKSKCredentialProvider(f12345a, f12346b); }\n}\n`,
  ),
  pair(
    'smali, const-string',
    'c.smali',
    (id, secret, k) =>
      `    .line ${k.int(20, 90)}\n    const-string v1, "${id}"\n\n    const-string v2, "${secret}"\n\n    invoke-direct {v0, v1, v2}, Lcom/alibaba/sdk/android/oss/common/auth/OSSPlainTextAKSKCredentialProvider;-><init>(Ljava/lang/String;Ljava/lang/String;)V\n`,
  ),
  pair(
    'smali, fields',
    'd.smali',
    (id, secret) =>
      `.field public static final ACCESS_ID:Ljava/lang/String; = "${id}"\n\n.field public static final ACCESS_KEY:Ljava/lang/String; = "${secret}"\n`,
  ),
  pair(
    'Kotlin',
    'Oss.kt',
    (id, secret, k) =>
      `object Oss {\n    private const val KEY_ID = "${id}"\n    private const val KEY_SECRET = "${secret}"\n    val provider = ${k.camel(30)}()\n}\n`,
  ),
  pair(
    'Kotlin, named arguments',
    'Main.kt',
    (id, secret) => `val client = client(secret = "${secret}", id = "${id}", region = "cn-beijing")\n`,
  ),
  pair(
    'Kotlin script',
    'build.gradle.kts',
    (id, secret) =>
      `maven {\n    url = uri("https://packages.aliyun.com/maven")\n    credentials {\n        username = "${id}"\n        password = "${secret}"\n    }\n}\n`,
  ),
  pair(
    'Gradle, build fields',
    'build.gradle',
    (id, secret) =>
      `buildConfigField "String", "OSS_ID", '"${id}"'\nbuildConfigField "String", "OSS_KEY", '"${secret}"'\n`,
  ),
  pair(
    'Gradle properties',
    'gradle.properties',
    (id, secret) => `org.gradle.jvmargs=-Xmx2g\nossKeyId=${id}\nossKeySecret=${secret}\n`,
  ),
  pair('Groovy map', 'Config.groovy', (id, secret) => `aliyun = [ak: '${id}', sk: '${secret}', bucket: 'b']\n`),
  pair(
    'Scala',
    'Job.scala',
    (id, secret) =>
      `val conf = new SparkConf()\n  .set("spark.hadoop.fs.oss.accessKeyId", "${id}")\n  .set("spark.hadoop.fs.oss.accessKeySecret", "${secret}")\n`,
  ),
  pair(
    'Scala, ODPS account',
    'Odps.scala',
    (id, secret) => `val odps = new Odps(new AliyunAccount("${id}", "${secret}"))\n`,
  ),
  pair(
    'sbt',
    'build.sbt',
    (id, secret) => `credentials += Credentials("oss", "repo.example.com", "${id}", "${secret}")\n`,
  ),
  pair(
    'Clojure',
    'core.clj',
    (id, secret) => `(def oss {:access-key-id "${id}"\n          :access-key-secret "${secret}"})\n`,
  ),
];
