package io.shardquake.node.core.lua;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/**
 * A table that scripts can read but not change once it is locked. Also serves as the table of
 * globals, which is what makes it one of the library's {@link Globals}.
 */
public final class ReadOnlyTable extends Globals {
  /** What whoever tries to change it is told. */
  static final String COMPLAINT = "Attempt to modify a readonly table";

  private boolean locked;

  /** Locks the table or, for the node's own sake, unlocks it. */
  public void lock(boolean yes) {
    this.locked = yes;
  }

  boolean isLocked() {
    return locked;
  }

  /** Locks it and all tables in it. */
  public void lockAll() {
    if (locked) {
      return;
    }
    lock(true);
    for (LuaValue key : keys()) {
      if (rawget(key) instanceof ReadOnlyTable inner) {
        inner.lockAll();
      }
    }
  }

  /** Tells whoever asks for what is not in it that there is no such thing. */
  public void refuseUnknown() {
    ReadOnlyTable metatable = new ReadOnlyTable();
    metatable.define(
        "__index",
        arguments -> {
          throw new LuaError(
              "Script attempted to access nonexistent global variable '"
                  + arguments.value(2).tojstring()
                  + "'");
        });
    metatable.lockAll();
    setmetatable(metatable);
  }

  /** Adds a function. */
  public void define(String name, NativeFunction.Body body) {
    rawset(LuaValue.valueOf(name), new NativeFunction(name, body));
  }

  private void check() {
    if (locked) {
      throw new LuaError(COMPLAINT);
    }
  }

  @Override
  public void set(int key, LuaValue value) {
    check();
    super.set(key, value);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    check();
    super.set(key, value);
  }

  @Override
  public void rawset(int key, LuaValue value) {
    check();
    super.rawset(key, value);
  }

  @Override
  public void rawset(LuaValue key, LuaValue value) {
    check();
    super.rawset(key, value);
  }

  @Override
  public void hashset(LuaValue key, LuaValue value) {
    check();
    super.hashset(key, value);
  }

  @Override
  public void insert(int position, LuaValue value) {
    check();
    super.insert(position, value);
  }

  @Override
  public LuaValue remove(int position) {
    check();
    return super.remove(position);
  }

  @Override
  public void sort(LuaValue comparator) {
    check();
    super.sort(comparator);
  }

  @Override
  public LuaValue setmetatable(LuaValue metatable) {
    check();
    return super.setmetatable(metatable);
  }
}
