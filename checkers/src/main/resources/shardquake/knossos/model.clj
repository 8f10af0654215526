(ns shardquake.knossos.model
  "What an object does, one operation after another. A model is an immutable
  value: the object in one state. Each of these is also known to Shardquake by
  name, so that it is judged by the fastest algorithm there is for it; a model
  of your own is judged by search."
  (:refer-clojure :exclude [set]))

(defprotocol Model
  (step [model op]
    "The model after an operation, or (inconsistent why) if that cannot happen
    in this state. Only :f and :value of the operation may count, and :crashed?,
    which is true if nobody knows what it returned."))

(defprotocol WellKnown
  (specification [model]
    "[name initial] of the object that this model is, if Shardquake has it."))

(defrecord Inconsistent [msg]
  Model
  (step [this _] this)

  Object
  (toString [_] msg))

(defn inconsistent
  "What a step returns that is impossible."
  [msg]
  (->Inconsistent msg))

(defn- knossos-inconsistent?
  "Knossos's own, from a model that was made for it."
  [model]
  (= "knossos.model.Inconsistent" (.getName (class model))))

(defn inconsistent?
  "Is this what a step returned that is impossible?"
  [model]
  (and (some? model)
       (or (instance? Inconsistent model)
           (knossos-inconsistent? model))))

(defrecord OneOf [models])

(defn one-of
  "What a step returns that may lead to any of several models, such as a dequeue
  of which nobody knows what it returned."
  [models]
  (->OneOf (vec (distinct models))))

(extend-protocol Model
  Object
  (step [model op]
    ; A model made for Knossos has the method, but not this protocol.
    (.step model op)))

(extend-protocol WellKnown
  Object
  (specification [_] nil)
  nil
  (specification [_] nil))

(defrecord NoOp []
  Model
  (step [this _] this))

(def noop
  "A model to which everything may happen."
  (->NoOp))

(defn- read-of
  "The model if it may be read as the operation says: as its value, or nobody
  knows what."
  [model value op]
  (if (or (nil? (:value op)) (= value (:value op)))
    model
    (inconsistent (str "can't read " (pr-str (:value op))
                       " from register " (pr-str value)))))

(defrecord Register [value]
  Model
  (step [this op]
    (case (:f op)
      :write (->Register (:value op))
      :read  (read-of this value op)))

  WellKnown
  (specification [_] ["register" value])

  Object
  (toString [_] (pr-str value)))

(defn register
  "A register: :read and :write."
  ([] (register nil))
  ([value] (->Register value)))

(defrecord CASRegister [value]
  Model
  (step [this op]
    (case (:f op)
      :write (->CASRegister (:value op))
      :read  (read-of this value op)
      :cas   (let [[expected new] (:value op)]
               (if (= expected value)
                 (->CASRegister new)
                 (inconsistent (str "can't CAS " (pr-str value) " from "
                                    (pr-str expected) " to " (pr-str new)))))))

  WellKnown
  (specification [_] ["cas-register" value])

  Object
  (toString [_] (pr-str value)))

(defn cas-register
  "A register: :read, :write, and :cas of [expected new]."
  ([] (cas-register nil))
  ([value] (->CASRegister value)))

(defrecord Mutex [locked?]
  Model
  (step [_ op]
    (case (:f op)
      :acquire (if locked? (inconsistent "already held") (->Mutex true))
      :release (if locked? (->Mutex false) (inconsistent "not held"))))

  WellKnown
  (specification [_] ["mutex" locked?])

  Object
  (toString [_] (if locked? "locked" "free")))

(defn mutex
  "A lock that is free: :acquire and :release."
  []
  (->Mutex false))

(defn- transact
  "The registers after micro-operations, or what is inconsistent."
  [registers micros]
  (reduce (fn [registers [f k v]]
            (case f
              (:read :r)  (if (or (nil? v) (= v (get registers k)))
                            registers
                            (reduced
                              (inconsistent
                                (str "can't read " (pr-str v) " from register "
                                     (pr-str k) " = "
                                     (pr-str (get registers k))))))
              (:write :w) (assoc registers k v)))
          registers
          micros))

(defrecord MultiRegister [registers]
  Model
  (step [_ op]
    (case (:f op)
      :txn (let [registers' (transact registers (:value op))]
             (if (inconsistent? registers')
               registers'
               (->MultiRegister registers')))))

  Object
  (toString [_] (pr-str registers)))

(defn multi-register
  "Registers by name: :txn of [[:read name value] [:write name value] ...]."
  [registers]
  (->MultiRegister registers))

(defrecord FIFOQueue [items]
  Model
  (step [this op]
    (let [value (:value op)]
      (case (:f op)
        :enqueue (->FIFOQueue (conj items value))
        :dequeue (cond
                   (and (or (nil? value) (:crashed? op)) (empty? items)) this
                   (empty? items)
                   (inconsistent (str "can't dequeue " (pr-str value)
                                      " from empty queue"))

                   (or (:crashed? op) (= value (peek items)))
                   (->FIFOQueue (pop items))

                   :else
                   (inconsistent (str "can't dequeue " (pr-str value)
                                      " before " (pr-str (peek items))))))))

  WellKnown
  (specification [_] ["fifo-queue" (vec items)])

  Object
  (toString [_] (pr-str (vec items))))

(defn fifo-queue
  "An empty queue: :enqueue, and :dequeue of the oldest."
  []
  (->FIFOQueue clojure.lang.PersistentQueue/EMPTY))

(defn- without-one
  "The multiset with one item less."
  [counts item]
  (if (= 1 (get counts item))
    (dissoc counts item)
    (update counts item dec)))

(defrecord UnorderedQueue [counts]
  Model
  (step [this op]
    (let [value (:value op)]
      (case (:f op)
        :enqueue (->UnorderedQueue (update counts value (fnil inc 0)))
        :dequeue (cond
                   (and (or (nil? value) (:crashed? op)) (empty? counts)) this
                   (:crashed? op)
                   (one-of (map #(->UnorderedQueue (without-one counts %))
                                (keys counts)))

                   (contains? counts value)
                   (->UnorderedQueue (without-one counts value))

                   :else
                   (inconsistent (str "can't dequeue " (pr-str value)))))))

  WellKnown
  (specification [_]
    ["unordered-queue" (vec (mapcat (fn [[item n]] (repeat n item)) counts))])

  Object
  (toString [_] (pr-str counts)))

(defn unordered-queue
  "An empty queue: :enqueue, and :dequeue of any item."
  []
  (->UnorderedQueue {}))

(defrecord GrowingSet [items]
  Model
  (step [this op]
    (case (:f op)
      :add  (->GrowingSet (conj items (:value op)))
      :read (if (or (nil? (:value op)) (= items (clojure.core/set (:value op))))
              this
              (inconsistent (str "can't read " (pr-str (:value op)) " from "
                                 (pr-str items))))))

  WellKnown
  (specification [_] ["set" items])

  Object
  (toString [_] (pr-str items)))

(defn set
  "A set, empty unless told otherwise: :add, and :read of all items."
  ([] (set #{}))
  ([items] (->GrowingSet (clojure.core/set items))))

(defrecord FnModel [f state]
  Model
  (step [_ op]
    (let [state' (f state op)]
      (cond
        (inconsistent? state')     state'
        (instance? OneOf state')   (one-of (map #(->FnModel f %)
                                                (:models state')))
        :else                      (->FnModel f state'))))

  Object
  (toString [_] (pr-str state)))

(defn fn-model
  "A model of a function of a state and an operation, which returns the next
  state, or (inconsistent why), or (one-of states)."
  [f initial]
  (->FnModel f initial))
