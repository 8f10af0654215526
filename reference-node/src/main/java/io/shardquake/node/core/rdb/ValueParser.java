package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.util.List;
import java.util.Optional;

/** Reads one value, element by element. */
interface ValueParser {
  /** Reads an element; true when it was the last. */
  boolean read(RdbInput in) throws Underflow, CorruptRdb;

  /** The value read; empty if it has no elements, which no value in Redis may have. */
  Optional<Value> value();

  /** Makes elements of a string that holds many. */
  @FunctionalInterface
  interface Unpacking {
    List<byte[]> elements(byte[] packed) throws CorruptRdb;
  }

  /**
   * A parser of the value whose type is {@code code}.
   *
   * @throws CorruptRdb if there is no such type, or this node cannot keep it
   */
  static ValueParser of(int code, EncodingLimits limits) throws CorruptRdb {
    return switch (code) {
      case RdbCode.STRING -> new OfString();
      case RdbCode.LIST -> new Counted(new ListElements(), 1);
      case RdbCode.SET -> new Counted(new SetElements(limits), 1);
      case RdbCode.HASH -> new Counted(new HashElements(limits), 2);
      case RdbCode.ZSET -> new ScoredParser(RdbInput::textDouble, limits);
      case RdbCode.ZSET_2 -> new ScoredParser(RdbInput::binaryDouble, limits);
      case RdbCode.LIST_ZIPLIST -> new OfPacked(PackedEncodings::ziplist, new ListElements());
      case RdbCode.LIST_QUICKLIST -> new QuicklistParser(false);
      case RdbCode.LIST_QUICKLIST_2 -> new QuicklistParser(true);
      case RdbCode.SET_INTSET -> new OfPacked(PackedEncodings::intset, new SetElements(limits));
      case RdbCode.HASH_ZIPMAP -> new OfPacked(PackedEncodings::zipmap, new HashElements(limits));
      case RdbCode.HASH_ZIPLIST -> new OfPacked(PackedEncodings::ziplist, new HashElements(limits));
      case RdbCode.HASH_LISTPACK ->
          new OfPacked(PackedEncodings::listpack, new HashElements(limits));
      case RdbCode.ZSET_ZIPLIST ->
          new OfPacked(PackedEncodings::ziplist, new SortedSetElements(limits));
      case RdbCode.ZSET_LISTPACK ->
          new OfPacked(PackedEncodings::listpack, new SortedSetElements(limits));
      case RdbCode.STREAM_LISTPACKS -> new StreamParser(false);
      case RdbCode.STREAM_LISTPACKS_2 -> new StreamParser(true);
      case RdbCode.MODULE, RdbCode.MODULE_2 ->
          throw new CorruptRdb("there is a value of a module, and this node runs none");
      default -> throw new CorruptRdb("there is no type of values " + code);
    };
  }

  /** One string. */
  final class OfString implements ValueParser {
    private Optional<Value> value = Optional.empty();

    @Override
    public boolean read(RdbInput in) throws Underflow, CorruptRdb {
      value = Optional.of(new StringValue(in.string()));
      return true;
    }

    @Override
    public Optional<Value> value() {
      return value;
    }
  }

  /** One string that holds all elements. */
  final class OfPacked implements ValueParser {
    private final Unpacking unpacking;
    private final Elements elements;

    OfPacked(Unpacking unpacking, Elements elements) {
      this.unpacking = unpacking;
      this.elements = elements;
    }

    @Override
    public boolean read(RdbInput in) throws Underflow, CorruptRdb {
      for (byte[] element : unpacking.elements(in.string())) {
        elements.add(element);
      }
      elements.end();
      return true;
    }

    @Override
    public Optional<Value> value() {
      return elements.value();
    }
  }

  /** A count, and so many times so many strings. */
  final class Counted implements ValueParser {
    private static final long NOT_READ = -1;

    private final Elements elements;
    private final int stringsEach;
    private long left = NOT_READ;

    Counted(Elements elements, int stringsEach) {
      this.elements = elements;
      this.stringsEach = stringsEach;
    }

    @Override
    public boolean read(RdbInput in) throws Underflow, CorruptRdb {
      if (left == NOT_READ) {
        left = in.count();
        return left == 0;
      }
      byte[][] strings = new byte[stringsEach][];
      for (int i = 0; i < stringsEach; i++) {
        strings[i] = in.string();
      }
      for (byte[] string : strings) {
        elements.add(string);
      }
      return --left == 0;
    }

    @Override
    public Optional<Value> value() {
      return elements.value();
    }
  }
}
