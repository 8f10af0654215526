package io.shardquake.node.differential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Scripts and libraries that generated requests are made of. */
final class Scripts {
  static final List<String> SCRIPTS =
      List.of(
          "return 1",
          "return redis.call('get',KEYS[1])",
          "return redis.call('set',KEYS[1],ARGV[1])",
          "return redis.pcall('incr',KEYS[1])",
          "return redis.call('incrby',KEYS[1],ARGV[1])",
          "return {KEYS[1],ARGV[1],#KEYS,#ARGV}",
          "return redis.call('lpush',KEYS[1],unpack(ARGV))",
          "return redis.call('lrange',KEYS[1],0,-1)",
          "redis.setresp(3) return redis.call('hgetall',KEYS[1])",
          "return redis.call('hset',KEYS[1],'f',ARGV[1])",
          "return redis.call(ARGV[1],KEYS[1])",
          "local x = redis.pcall('lpop',KEYS[1]) if type(x)=='table' then return x.err end return x",
          "for i=1,3 do redis.call('rpush',KEYS[1],i) end return redis.call('llen',KEYS[1])",
          "return redis.error_reply(ARGV[1])",
          "return redis.status_reply(ARGV[1])",
          "return {ok=ARGV[1]}",
          "return {err=ARGV[1]}",
          "return tonumber(ARGV[1])",
          "return tostring(tonumber(ARGV[1]))",
          "return {1,nil,2}",
          "return {double=tonumber(ARGV[1]) or 1.5}",
          "error(ARGV[1])",
          "error({err=ARGV[1]})",
          "return redis.call('set',ARGV[1],'x')",
          "return redis.call('zadd',KEYS[1],tonumber(ARGV[1]) or 0,'m')",
          "return redis.call('zrange',KEYS[1],0,-1,'WITHSCORES')",
          "redis.setresp(3) return redis.call('zrange',KEYS[1],0,-1,'WITHSCORES')",
          "return redis.sha1hex(ARGV[1])",
          "return cjson.encode({a=ARGV[1],b={1,2}})",
          "return cjson.decode(ARGV[1])",
          "return cmsgpack.pack(ARGV[1])",
          "return redis.call('del',KEYS[1]) == 1",
          "return redis.call('expire',KEYS[1],100)",
          "return redis.call('spop',KEYS[1])",
          "return redis.call('set',KEYS[1],ARGV[1],'PX',100000,'NX')",
          "#!lua flags=no-writes\nreturn redis.call('get',KEYS[1])",
          "#!lua flags=no-writes\nreturn redis.call('set',KEYS[1],1)",
          "#!lua flags=allow-stale,no-cluster\nreturn 2",
          "#!lua flags=allow-cross-slot-keys\nreturn redis.call('set',KEYS[1],'y')",
          "#!lua flags=nosuch\nreturn 1",
          "#!lua nosuch=1\nreturn 1",
          "#!python\nreturn 1",
          "#!lua",
          "#!lua\nreturn redis.call('mset',KEYS[1],1,'other',2)",
          "return redis.call('mset',KEYS[1],1,'other',2)",
          "return redis.pcall('multi')",
          "return redis.pcall('nosuch')",
          "return redis.pcall('get')",
          "return redis.acl_check_cmd('get',KEYS[1])",
          "x = 1",
          "return x",
          "return redis.call('xadd',KEYS[1],'1-1','f',ARGV[1])",
          "redis.call('set',KEYS[1],1) return redis.call('nosuch')",
          "return redis.call('publish','ch',ARGV[1])",
          "return redis.REDIS_VERSION",
          "return redis.REDIS_VERSION_NUM",
          "redis.log(redis.LOG_DEBUG,'x') return redis.set_repl(redis.REPL_ALL)",
          "return bit.band(tonumber(ARGV[1]) or 7,3)",
          "return string.format('%q %5.2f %d','a',1.5,3)",
          "return struct.pack('>I2',258)",
          "return redis.call('sort',KEYS[1],'ALPHA')",
          "return redis.call('smembers',KEYS[1])[1]",
          "return {redis.call('get',KEYS[1]),redis.call('ttl',KEYS[1])}");

  static final List<String> LIBRARIES =
      List.of(
          "#!lua name=lib\nredis.register_function('f',function(k,a) return {k[1],a[1]} end)",
          "#!lua name=lib\nredis.register_function('f',function(k,a) return redis.call('set',k[1],a[1] or 'x') end)",
          "#!lua name=other\nredis.register_function{function_name='ro',callback=function(k,a) return redis.call('get',k[1]) end,flags={'no-writes'}}",
          "#!lua name=other\nredis.register_function('g',function(k,a) return redis.call('incr',k[1]) end)\nredis.register_function('raise',function() error('oops') end)",
          "#!lua name=bad\nredis.call('set','a','b')",
          "#!lua name=bad\nreturn 1",
          "#!lua name=bad\nredis.register_function('f')",
          "#!lua name=bad\nredis.register_function('f f',function() end)",
          "#!lua name=bad\nredis.register_function{function_name='z',callback=function() end,flags={'nosuch'}}",
          "#!lua name=a-b\nredis.register_function('f',function() return 1 end)",
          "#!lua\nredis.register_function('f',function() return 1 end)",
          "#!js name=lib\nx",
          "no header",
          "#!lua name=lib name=two\nredis.register_function('f',function() return 1 end)",
          "#!lua name=lib x=y\nredis.register_function('f',function() return 1 end)");

  private Scripts() {}

  /** What EVALSHA calls some of the scripts. */
  static List<String> digests() {
    return SCRIPTS.stream().limit(8).map(Scripts::digest).toList();
  }

  private static String digest(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
