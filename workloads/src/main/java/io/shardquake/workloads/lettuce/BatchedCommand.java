package io.shardquake.workloads.lettuce;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One command of a batch as Lettuce sees it. It writes itself and hands its fate to the batch. */
final class BatchedCommand implements RedisCommand<byte[], byte[], Reply> {
  private static final int LONGEST_NUMBER = 11;

  private final Batch batch;
  private final Command command;
  private final ReplyOutput output = new ReplyOutput();

  BatchedCommand(Batch batch, Command command) {
    this.batch = batch;
    this.command = command;
  }

  Reply reply() {
    return output.get();
  }

  @Override
  public void encode(ByteBuf buffer) {
    if (!batch.leave()) {
      return;
    }
    int size = LONGEST_NUMBER;
    for (int i = 0; i < command.size(); i++) {
      size += command.part(i).length + LONGEST_NUMBER;
    }
    buffer.ensureWritable(size);
    writeHeader(buffer, '*', command.size());
    for (int i = 0; i < command.size(); i++) {
      byte[] part = command.part(i);
      writeHeader(buffer, '$', part.length);
      buffer.writeBytes(part);
      writeLineEnd(buffer);
    }
  }

  @Override
  public void complete() {
    batch.commandAnswered();
  }

  @Override
  public boolean completeExceptionally(Throwable cause) {
    batch.fail(OperationError.CONNECTION_LOST);
    return true;
  }

  @Override
  public void cancel() {
    batch.fail(OperationError.CONNECTION_LOST);
  }

  @Override
  public CommandOutput<byte[], byte[], Reply> getOutput() {
    return output;
  }

  @Override
  public @Nullable CommandArgs<byte[], byte[]> getArgs() {
    return null;
  }

  /** For Lettuce's own records only, of which none is kept. */
  @Override
  public ProtocolKeyword getType() {
    return CommandType.COMMAND;
  }

  @Override
  public boolean isCancelled() {
    return batch.isEnded();
  }

  @Override
  public boolean isDone() {
    return batch.isEnded();
  }

  @Override
  public void setOutput(CommandOutput<byte[], byte[], Reply> other) {
    throw new UnsupportedOperationException("the output of a batched command is fixed");
  }

  @Override
  public String toString() {
    return command.toString();
  }

  private static void writeHeader(ByteBuf buffer, char marker, int number) {
    buffer.writeByte(marker);
    if (number < 10) {
      buffer.writeByte('0' + number);
    } else {
      buffer.writeCharSequence(Integer.toString(number), StandardCharsets.US_ASCII);
    }
    writeLineEnd(buffer);
  }

  private static void writeLineEnd(ByteBuf buffer) {
    buffer.writeShort(('\r' << 8) | '\n');
  }
}
