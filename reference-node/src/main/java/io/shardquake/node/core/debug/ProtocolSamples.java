package io.shardquake.node.core.debug;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** DEBUG PROTOCOL: one reply of each kind, for clients to try themselves on. */
final class ProtocolSamples {
  private static final double REAL = 3.141;
  private static final int INTEGER = 12345;
  private static final int ELEMENTS = 3;
  private static final int PUSHED = 42;
  private static final int POPULARITY = 90;

  private ProtocolSamples() {}

  static void reply(CommandContext context) {
    ReplyBuffer reply = context.reply();
    switch (context.text(2).toLowerCase(Locale.ROOT)) {
      case "string" -> reply.bulk("Hello World");
      case "integer" -> reply.integer(INTEGER);
      case "double" -> reply.real(REAL);
      case "null" -> reply.nullBulk();
      case "array" -> {
        reply.array(ELEMENTS);
        numbers(reply);
      }
      case "set" -> {
        reply.set(ELEMENTS);
        numbers(reply);
      }
      case "map" -> {
        reply.map(ELEMENTS);
        for (int i = 0; i < ELEMENTS; i++) {
          reply.integer(i);
          reply.bool(i == 1);
        }
      }
      case "attrib" -> attribute(reply);
      case "push" -> push(reply);
      case "true" -> reply.bool(true);
      case "false" -> reply.bool(false);
      case "verbatim" ->
          reply.verbatim("txt", "This is a verbatim\nstring".getBytes(StandardCharsets.US_ASCII));
      case "bignum" -> reply.bigNumber("1234567999999999999999999999999999999");
      default ->
          throw new ErrorReply(
              "ERR Wrong protocol type name. Please use one of the following: string|integer|"
                  + "double|bignum|null|array|set|map|attrib|push|verbatim|true|false");
    }
  }

  private static void numbers(ReplyBuffer reply) {
    for (int i = 0; i < ELEMENTS; i++) {
      reply.integer(i);
    }
  }

  private static void attribute(ReplyBuffer reply) {
    if (reply.isResp3()) {
      reply.raw("|1\r\n".getBytes(StandardCharsets.US_ASCII));
      reply.bulk("key-popularity");
      reply.array(2);
      reply.bulk("key:123");
      reply.integer(POPULARITY);
    }
    reply.bulk("Some real reply following the attribute");
  }

  private static void push(ReplyBuffer reply) {
    if (!reply.isResp3()) {
      throw new ErrorReply("ERR RESP2 is not supported by this command");
    }
    reply.push(2);
    reply.bulk("server-cpu-usage");
    reply.integer(PUSHED);
    reply.bulk("Some real reply following the push reply");
  }
}
