package io.shardquake.checkers.history;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * The history of a run of the register workload as the harness records it, of any length, made as
 * it is read: many processes that each wait for an answer before they ask again, registers that are
 * left for new ones after some two hundred operations, compare-and-sets that miss, and one
 * operation in a thousand of which nobody learns how it ended. Three masters have a third of the
 * slots each. It is linearizable: each operation takes effect when it is invoked, those of unknown
 * outcome included.
 */
public final class RecordedRun extends InputStream {
  private static final int PROCESSES = 400;
  private static final int MASTERS = 3;
  private static final int REGISTERS = 100;
  private static final int OPERATIONS_OF_REGISTER = 200;
  private static final int NANOS_BETWEEN = 21_000;
  private static final int LONGEST_ANSWER_NANOS = 15_000_000;
  private static final int TIMEOUT_NANOS = 1_000_000_000;
  private static final int PIECE = 1 << 16;

  private static final class Register {
    private final String key;
    private final int node;
    private int asked;
    private int value;
    private int written;

    Register(int number) {
      key = "register:%d:%04x".formatted(number, number * 7919L % 0xffff);
      node = 1 + (MASTERS * KeySlot.of(key) + 1) / SlotRange.SLOTS;
    }
  }

  /** An operation that will end so. */
  private record Ending(long timeNanos, int process, String type, String call, String outcome) {}

  private final SplittableRandom random = new SplittableRandom(11);
  private final long operations;
  private final Queue<Ending> open =
      new PriorityQueue<>((a, b) -> Long.compare(a.timeNanos(), b.timeNanos()));
  private final Queue<Integer> idle = new ArrayDeque<>();
  private final List<Register> registers = new ArrayList<>();
  private final StringBuilder lines = new StringBuilder(2 * PIECE);
  private int processes;
  private int registersMade;
  private long invoked;
  private long index;
  private long now;
  private byte[] piece = {};
  private int at;

  /** A run that long. */
  public RecordedRun(long operations) {
    this.operations = operations;
    for (int i = 0; i < PROCESSES; i++) {
      idle.add(processes++);
    }
    for (int i = 0; i < REGISTERS; i++) {
      registers.add(new Register(registersMade++));
    }
  }

  /**
   * Writes a history to the standard output.
   *
   * @param arguments the number of operations
   */
  public static void main(String[] arguments) throws IOException {
    try (InputStream run = new RecordedRun(Long.parseLong(arguments[0]))) {
      run.transferTo(System.out);
    }
    System.out.flush();
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("read in pieces");
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (at == piece.length && !refill()) {
      return -1;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean refill() {
    lines.setLength(0);
    while (lines.length() < PIECE && (invoked < operations || !open.isEmpty())) {
      if (invoked < operations && !idle.isEmpty()) {
        now += random.nextInt(2 * NANOS_BETWEEN);
        endUntil(now);
        invoke(idle.remove());
      } else {
        endUntil(open.element().timeNanos());
      }
    }
    piece = lines.toString().getBytes(StandardCharsets.US_ASCII);
    at = 0;
    return piece.length > 0;
  }

  private void endUntil(long time) {
    while (!open.isEmpty() && open.element().timeNanos() <= time) {
      Ending ending = open.remove();
      now = Math.max(now, ending.timeNanos());
      event(ending.timeNanos(), ending.process(), ending.type(), ending.call(), ending.outcome());
      idle.add(ending.type().equals("info") ? processes++ : ending.process());
    }
  }

  private void invoke(int process) {
    invoked++;
    int place = random.nextInt(REGISTERS);
    Register register = registers.get(place);
    if (++register.asked == OPERATIONS_OF_REGISTER) {
      registers.set(place, new Register(registersMade++));
    }
    int kind = random.nextInt(6);
    if (kind < 3) {
      String seen = register.value == 0 ? "" : ",\"value\":" + register.value;
      begin(process, register, "read", "", "ok", seen);
    } else if (kind < 5) {
      register.value = ++register.written;
      String value = ",\"value\":" + register.value;
      begin(process, register, "write", value, "ok", value);
    } else {
      compareAndSet(process, register);
    }
  }

  private void compareAndSet(int process, Register register) {
    int next = ++register.written;
    boolean hits = register.value > 0 && random.nextInt(2) == 0;
    int expected = hits ? register.value : next + 1;
    String pair = ",\"value\":[" + expected + ',' + next + ']';
    register.value = hits ? next : register.value;
    begin(
        process,
        register,
        "cas",
        pair,
        hits ? "ok" : "fail",
        hits ? pair : ",\"error\":\"cas-mismatch\"");
  }

  private void begin(
      int process,
      Register register,
      String function,
      String argument,
      String type,
      String outcome) {
    String call = "\"f\":\"" + function + "\",\"key\":\"" + register.key + '"';
    event(now, process, "invoke", call, argument);
    boolean lost = random.nextInt(1_000) == 0;
    String node = ",\"nodes\":[\"n" + register.node + "\"]";
    String told = type.equals("fail") ? node + outcome : outcome + node;
    open.add(
        lost
            ? new Ending(now + TIMEOUT_NANOS, process, "info", call, ",\"error\":\"timeout\"")
            : new Ending(
                now + 50_000 + random.nextInt(LONGEST_ANSWER_NANOS), process, type, call, told));
  }

  private void event(long time, int process, String type, String call, String more) {
    lines.append("{\"index\":").append(index++);
    lines.append(",\"time\":").append(time);
    lines.append(",\"process\":").append(process);
    lines.append(",\"type\":\"").append(type).append("\",");
    lines.append(call).append(more).append("}\n");
  }
}
