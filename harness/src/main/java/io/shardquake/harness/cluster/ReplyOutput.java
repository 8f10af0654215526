package io.shardquake.harness.cluster;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.shardquake.checkers.history.Value;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Collects a RESP2 reply of any shape. An error anywhere in it makes the whole command fail with
 * that error.
 */
final class ReplyOutput extends CommandOutput<String, String, Value> {
  private final Deque<OpenArray> open = new ArrayDeque<>();

  /** An array whose elements are still arriving. */
  private record OpenArray(int size, List<Value> items) {
    boolean isComplete() {
      return items.size() == size;
    }
  }

  ReplyOutput() {
    super(StringCodec.UTF8, Value.nil());
  }

  @Override
  public void multi(int count) {
    if (count < 0) {
      add(Value.nil());
    } else if (count == 0) {
      add(Value.of(List.of()));
    } else {
      open.push(new OpenArray(count, new ArrayList<>()));
    }
  }

  @Override
  public void set(ByteBuffer bytes) {
    // The driver passes null for a null reply.
    if (bytes == null) {
      add(Value.nil());
      return;
    }
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    add(Value.of(content));
  }

  @Override
  public void set(long integer) {
    add(Value.of(integer));
  }

  @Override
  public void setError(ByteBuffer message) {
    super.setError(message);
    if (!open.isEmpty()) {
      add(Value.nil());
    }
  }

  private void add(Value value) {
    Value complete = value;
    while (!open.isEmpty()) {
      OpenArray array = open.peek();
      array.items().add(complete);
      if (!array.isComplete()) {
        return;
      }
      open.pop();
      complete = Value.of(array.items());
    }
    output = complete;
  }
}
