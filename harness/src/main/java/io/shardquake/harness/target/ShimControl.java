package io.shardquake.harness.target;

import io.shardquake.faults.disk.Shim;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The file of 64-bit words by which the shim in a server process is told what to do, and tells what
 * it did. Its layout is that of {@code shim.c}. Every word is read and written whole.
 */
final class ShimControl implements Shim {
  private static final int LOADED = 0;
  private static final int FILES = 9;
  private static final int FIRST_FILE = 10;
  private static final int MOST_FILES = 512;
  private static final int WORDS = FIRST_FILE + 2 * MOST_FILES;

  private final MappedByteBuffer words;

  private ShimControl(MappedByteBuffer words) {
    this.words = words;
  }

  /** Makes the file; all words are 0. */
  static ShimControl create(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      MappedByteBuffer words =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) WORDS * Long.BYTES);
      words.order(ByteOrder.nativeOrder());
      return new ShimControl(words);
    }
  }

  @Override
  public boolean isLoaded() {
    return word(LOADED) > 0;
  }

  @Override
  public void set(Knob knob, long value) {
    words.putLong(place(knob) * Long.BYTES, value);
  }

  @Override
  public long count(Tally tally) {
    return word(place(tally));
  }

  private static int place(Knob knob) {
    return switch (knob) {
      case CLOCK_OFFSET_NANOS -> 1;
      case SYNC_DELAY_MICROS -> 2;
      case SYNC_ERROR -> 3;
      case WRITE_ERROR -> 4;
    };
  }

  private static int place(Tally tally) {
    return switch (tally) {
      case CLOCK_READINGS_SHIFTED -> 5;
      case SYNCS_DELAYED -> 6;
      case SYNCS_FAILED -> 7;
      case WRITES_FAILED -> 8;
    };
  }

  /**
   * How long each file was when it was last synced, by inode. Files beyond the first 512 are not
   * there.
   */
  Map<Long, Long> synced() {
    Map<Long, Long> lengths = new HashMap<>();
    long known = Math.min(word(FILES), MOST_FILES);
    for (int i = 0; i < known; i++) {
      lengths.put(word(FIRST_FILE + 2 * i), word(FIRST_FILE + 2 * i + 1));
    }
    return lengths;
  }

  private long word(int index) {
    return words.getLong(index * Long.BYTES);
  }
}
