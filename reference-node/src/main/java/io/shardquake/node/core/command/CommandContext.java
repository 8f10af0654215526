package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.keyspace.AccessClock;
import io.shardquake.node.core.keyspace.ExpiryPolicy;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.resp.RealNumber;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.resp.StrictInteger;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command being run: its arguments, its reply, and the keyspace as the command may see it, with
 * expired keys treated as the node's role asks for. Lives as long as the command.
 */
public final class CommandContext {
  private final Client client;
  private final CommandSpec spec;
  private byte[][] arguments;
  private final Keyspace keyspace;
  private final AccessClock accesses;
  private final Propagation propagation;
  private final ExpiryPolicy expiryPolicy;
  private final long nowMicros;
  private final boolean mayBlock;
  private final byte @Nullable [] readyKey;
  private boolean rewritten;
  private boolean waits;
  private long stalledMicros;

  CommandContext(
      Client client,
      CommandSpec spec,
      byte[][] arguments,
      Keyspace keyspace,
      AccessClock accesses,
      Propagation propagation,
      ExpiryPolicy expiryPolicy,
      long nowMicros,
      boolean mayBlock,
      byte @Nullable [] readyKey) {
    this.client = client;
    this.spec = spec;
    this.arguments = arguments;
    this.keyspace = keyspace;
    this.accesses = accesses;
    this.propagation = propagation;
    this.expiryPolicy = expiryPolicy;
    this.nowMicros = nowMicros;
    this.mayBlock = mayBlock;
    this.readyKey = readyKey;
  }

  public Client client() {
    return client;
  }

  public CommandSpec spec() {
    return spec;
  }

  public ReplyBuffer reply() {
    return client.reply();
  }

  /** Number of arguments, the command's name included. */
  public int count() {
    return arguments.length;
  }

  /** An argument; 0 is the command's name. */
  public byte[] argument(int index) {
    return arguments[index];
  }

  public byte[][] arguments() {
    return arguments;
  }

  /** Goes on as another command, which is also what goes to replicas and the log. */
  public void becomes(byte[][] instead) {
    this.arguments = instead;
  }

  /** An argument as text. */
  public String text(int index) {
    return new String(arguments[index], StandardCharsets.UTF_8);
  }

  /** An argument as it stands in the text of an error, which repeats it byte for byte. */
  public String quoted(int index) {
    return new String(arguments[index], StandardCharsets.ISO_8859_1);
  }

  /** Whether an argument is a word, in any case. */
  public boolean is(int index, String word) {
    byte[] argument = arguments[index];
    if (argument.length != word.length()) {
      return false;
    }
    for (int i = 0; i < argument.length; i++) {
      if (Character.toLowerCase(argument[i]) != Character.toLowerCase(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * An argument as a whole number of 64 bits.
   *
   * @throws ErrorReply "value is not an integer or out of range" if it is none
   */
  public long integer(int index) {
    byte[] argument = arguments[index];
    long value = StrictInteger.parse(argument, 0, argument.length);
    if (value == StrictInteger.INVALID && !StrictInteger.isCanonical(argument)) {
      throw ErrorReply.notAnInteger();
    }
    return value;
  }

  /**
   * An argument as a whole number within bounds.
   *
   * @throws ErrorReply {@code otherwise}, whatever is wrong with it
   */
  public long integer(int index, long least, long most, String otherwise) {
    byte[] argument = arguments[index];
    long value = StrictInteger.parse(argument, 0, argument.length);
    boolean isNone = value == StrictInteger.INVALID && !StrictInteger.isCanonical(argument);
    if (isNone || value < least || value > most) {
      throw new ErrorReply(otherwise);
    }
    return value;
  }

  /**
   * An argument as a floating-point number, infinite perhaps.
   *
   * @throws ErrorReply "value is not a valid float" if it is none
   */
  public double real(int index) {
    double value = RealNumber.parse(arguments[index]);
    if (Double.isNaN(value)) {
      throw ErrorReply.notAFloat();
    }
    return value;
  }

  /** Unix milliseconds, the same throughout the command. */
  public long nowMillis() {
    return nowMicros / 1000;
  }

  /** Unix microseconds, the same throughout the command. */
  public long nowMicros() {
    return nowMicros;
  }

  /** The client's database, without regard to expiry. */
  public Keyspace keyspace() {
    return keyspace;
  }

  /** A key's value for reading only; null if it does not exist or has expired. */
  public @Nullable Value read(byte[] key) {
    Value value = peek(key);
    if (spec.is(CommandFlag.READONLY)) {
      accesses.lookedUp(value != null);
    }
    return accessed(value);
  }

  /** As {@link #read}, but does not count as an access. */
  public @Nullable Value peek(byte[] key) {
    return expireIfDue(key) ? null : keyspace.get(key);
  }

  private @Nullable Value accessed(@Nullable Value value) {
    if (value != null) {
      accesses.accessed(value);
    }
    return value;
  }

  /** A key's value to be changed in place and then {@link #touch}ed; null as for {@link #read}. */
  public @Nullable Value write(byte[] key) {
    return expireIfDue(key) ? null : accessed(keyspace.getToChange(key));
  }

  /**
   * As {@link #read(byte[])}, of one type.
   *
   * @throws ErrorReply of the wrong kind of value
   */
  public <T extends Value> @Nullable T read(byte[] key, Class<T> type) {
    return as(type, read(key));
  }

  /**
   * As {@link #write(byte[])}, of one type.
   *
   * @throws ErrorReply of the wrong kind of value
   */
  public <T extends Value> @Nullable T write(byte[] key, Class<T> type) {
    return as(type, write(key));
  }

  private static <T extends Value> @Nullable T as(Class<T> type, @Nullable Value value) {
    if (value != null && !type.isInstance(value)) {
      throw ErrorReply.wrongType();
    }
    return type.cast(value);
  }

  /** Whether a key exists and has not expired; does not count as an access. */
  public boolean exists(byte[] key) {
    return peek(key) != null;
  }

  /** Whether this command deletes expired keys that it meets: as a master's do. */
  public boolean deletesExpired() {
    return expiryPolicy == ExpiryPolicy.DELETE;
  }

  /**
   * A key's string for reading only; null as for {@link #read}.
   *
   * @throws ErrorReply if the key holds something else
   */
  public byte @Nullable [] readString(byte[] key) {
    StringValue value = string(read(key));
    return value == null ? null : value.bytes();
  }

  /**
   * A key's string to be changed in place and then {@link #touch}ed; null as for {@link #read}.
   *
   * @throws ErrorReply if the key holds something else
   */
  public @Nullable StringValue writeString(byte[] key) {
    return string(write(key));
  }

  private static @Nullable StringValue string(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    if (value instanceof StringValue string) {
      return string;
    }
    throw ErrorReply.wrongType();
  }

  /** When or how often values were accessed. */
  public AccessClock accesses() {
    return accesses;
  }

  /** Gives a key a new value that does not expire, whatever it was before. */
  public void replace(byte[] key, Value value) {
    write(key);
    keyspace.persist(key);
    keyspace.put(key, value);
  }

  /** Removes what a result would have taken the place of; that it has expired is not looked at. */
  public void drop(byte[] key) {
    if (keyspace.get(key) != null) {
      keyspace.remove(key);
    }
  }

  /** Stores a value that was changed in place, or created to be stored. */
  public void store(byte[] key, Value value) {
    if (keyspace.get(key) == value) {
      keyspace.touch(key);
    } else {
      keyspace.put(key, value);
    }
  }

  /** Tells that a value was changed in place. */
  public void touch(byte[] key) {
    keyspace.touch(key);
  }

  /**
   * Whether the key counts as gone because its time has come; deletes it where that is ours to do.
   */
  private boolean expireIfDue(byte[] key) {
    if (expiryPolicy == ExpiryPolicy.IGNORE || !keyspace.isExpired(key, nowMillis())) {
      return false;
    }
    if (expiryPolicy == ExpiryPolicy.DELETE) {
      keyspace.expire(key);
      propagation.add("DEL", key);
    }
    return true;
  }

  /**
   * Instead of the command as it came, these go to replicas and the log; may be called repeatedly.
   */
  public void propagateInstead(String name, byte[]... instead) {
    rewritten = true;
    propagation.add(name, instead);
  }

  /** The command as it came does not go to replicas and the log. */
  public void propagateNothing() {
    rewritten = true;
  }

  /** Propagates the command as it came, unless something else went in its stead. */
  void propagateAsItCame() {
    if (!rewritten) {
      propagation.add(Arrays.asList(arguments));
    }
  }

  /** The node will stand still for the command (DEBUG SLEEP), which counts as its time. */
  public void stallsFor(long micros) {
    this.stalledMicros = micros;
  }

  long stalledMicros() {
    return stalledMicros;
  }

  /** Whether the command may wait for others; not inside a transaction. */
  public boolean mayBlock() {
    return mayBlock;
  }

  /** The key whose change made a waiting command run again; null if it runs for the first time. */
  public byte @Nullable [] readyKey() {
    return readyKey;
  }

  /**
   * Makes the client wait; when one of the keys has changed, the command runs again from the start.
   *
   * @param deadline Unix milliseconds; {@link Long#MAX_VALUE} for never
   * @param giveUp replies when the time is over
   */
  public void block(List<byte[]> keys, long deadline, Runnable giveUp) {
    if (client.blocked().isEmpty()) {
      client.block(new Blocked(keys, deadline, arguments, giveUp));
    }
    waits = true;
  }

  /** Whether the command, having begun, has to wait. */
  boolean waits() {
    return waits;
  }
}
