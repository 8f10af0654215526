package io.shardquake.node.core.rdb;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads an RDB file that arrives piece by piece into databases, in slices. Holds at most one
 * element of a value beside what it has put there, whatever lengths the bytes promise. Not
 * thread-safe.
 */
public final class RdbLoader {
  private static final int HEADER_LENGTH = 9;
  private static final int FIRST_VERSION_WITH_CHECKSUM = 5;

  /** What is read next. */
  private enum State {
    HEADER,
    RECORD,
    VALUE,
    MODULE,
    CHECKSUM,
    COMPLETE
  }

  private final Databases databases;
  private final EncodingLimits limits;
  private final OptionalLong expiredBefore;
  private final RdbInput in = new RdbInput();
  private final Map<String, String> aux = new TreeMap<>();
  private final List<String> notices = new ArrayList<>();
  private State state = State.HEADER;
  private int version;
  private Keyspace keyspace;
  private long expiry = -1;
  private byte[] key = new byte[0];
  private Optional<ValueParser> value = Optional.empty();
  private long keys;

  /**
   * A loader into databases that are empty, or at least lack the keys that will come.
   *
   * @param limits of the compact forms of collections
   * @param expiredBefore a time in Unix milliseconds: keys that expired before it are left out, as
   *     a master does with its own file; empty to keep them, as a replica and an append-only file
   *     do
   */
  public RdbLoader(Databases databases, EncodingLimits limits, OptionalLong expiredBefore) {
    this.databases = databases;
    this.limits = limits;
    this.expiredBefore = expiredBefore;
    this.keyspace = databases.get(0);
  }

  /** Adds bytes that arrived; the array belongs to the loader from now on. */
  public void feed(byte[] data) {
    in.feed(data);
  }

  /**
   * Goes on with what has arrived.
   *
   * @param budget how many bytes to take up, more or less
   * @return whether there is more to do with what has arrived: false when the file is complete, or
   *     more has to arrive
   * @throws CorruptRdb if this is no RDB file that can be read; what was read before is in the
   *     databases
   */
  public boolean load(int budget) throws CorruptRdb {
    long stop = in.consumed() + budget;
    try {
      while (state != State.COMPLETE && in.mayRead() && in.consumed() < stop) {
        step();
        in.commit();
      }
    } catch (Underflow e) {
      return false;
    }
    return state != State.COMPLETE && in.mayRead();
  }

  /** Whether the file has been read to its end. */
  public boolean isComplete() {
    return state == State.COMPLETE;
  }

  /** What arrived after the end of the file. */
  public byte[] rest() {
    return in.rest();
  }

  /** Bytes read so far. */
  public long consumed() {
    return in.consumed();
  }

  /** Keys put into the databases so far. */
  public long keys() {
    return keys;
  }

  /** What the file says about itself ({@code repl-id} and so on), as far as it has been read. */
  public Map<String, String> aux() {
    return aux;
  }

  /** What was left out and why, for the log. */
  public List<String> notices() {
    return notices;
  }

  private void step() throws Underflow, CorruptRdb {
    switch (state) {
      case HEADER -> header();
      case RECORD -> record(in.code());
      case VALUE -> element();
      case MODULE -> moduleElement();
      case CHECKSUM -> checksum();
      case COMPLETE -> throw new IllegalStateException("nothing comes after the end");
    }
  }

  private void header() throws Underflow, CorruptRdb {
    String text = new String(in.bytes(HEADER_LENGTH), StandardCharsets.ISO_8859_1);
    if (!text.matches("REDIS[0-9]{4}")) {
      throw new CorruptRdb("Wrong signature trying to load DB from file");
    }
    version = Integer.parseInt(text.substring(5));
    if (version < 1 || version > RdbCode.VERSION) {
      throw new CorruptRdb("Can't handle RDB format version " + version);
    }
    state = State.RECORD;
  }

  private void record(int code) throws Underflow, CorruptRdb {
    switch (code) {
      case RdbCode.EXPIRETIME_MS -> expiry = in.int64();
      case RdbCode.EXPIRETIME -> expiry = in.int32() * 1000L;
      case RdbCode.FREQ -> in.code();
      case RdbCode.IDLE -> in.length();
      case RdbCode.AUX -> aux.put(in.text(), in.text());
      case RdbCode.SELECTDB -> select(in.length());
      case RdbCode.RESIZEDB -> {
        in.length();
        in.length();
      }
      case RdbCode.FUNCTION2 -> function(in.string());
      case RdbCode.FUNCTION -> throw new CorruptRdb("Pre-release function format not supported.");
      case RdbCode.MODULE_AUX -> {
        in.length();
        notices.add("data of a module was left out: this node runs none");
        state = State.MODULE;
      }
      case RdbCode.EOF ->
          state = version < FIRST_VERSION_WITH_CHECKSUM ? State.COMPLETE : State.CHECKSUM;
      default -> {
        ValueParser parser = ValueParser.of(code, limits);
        key = in.string();
        value = Optional.of(parser);
        state = State.VALUE;
      }
    }
  }

  private void function(byte[] code) throws CorruptRdb {
    try {
      databases.functions().load(code);
    } catch (IllegalArgumentException e) {
      throw new CorruptRdb("Failed loading a function library: " + e.getMessage());
    }
  }

  private void select(long database) throws CorruptRdb {
    if (database < 0 || database >= databases.count()) {
      throw new CorruptRdb(
          "there are keys in database " + database + " but only " + databases.count() + " here");
    }
    keyspace = databases.get((int) database);
  }

  private void element() throws Underflow, CorruptRdb {
    ValueParser parser = value.orElseThrow();
    if (!parser.read(in)) {
      return;
    }
    value = Optional.empty();
    state = State.RECORD;
    Optional<Value> read = parser.value();
    long at = expiry;
    expiry = -1;
    if (read.isEmpty()) {
      notices.add("a key without any elements was left out");
      return;
    }
    if (at >= 0 && expiredBefore.isPresent() && at < expiredBefore.getAsLong()) {
      return;
    }
    if (keyspace.get(key) != null) {
      throw new CorruptRdb("a key is there twice");
    }
    keyspace.put(key, read.get());
    if (at >= 0) {
      keyspace.expireAt(key, at);
    }
    keys++;
  }

  private void moduleElement() throws Underflow, CorruptRdb {
    if (!ModuleElements.skip(in)) {
      state = State.RECORD;
    }
  }

  private void checksum() throws Underflow, CorruptRdb {
    long computed = in.checksum();
    long written = in.int64();
    if (written != 0 && written != computed) {
      throw new CorruptRdb(
          "RDB CRC error: the file says %016x, its content is %016x".formatted(written, computed));
    }
    state = State.COMPLETE;
  }
}
