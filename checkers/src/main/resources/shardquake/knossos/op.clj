(ns shardquake.knossos.op
  "Operations: maps of :process, :type (:invoke, :ok, :fail or :info), :f and
  :value, and of whatever else their maker wants to remember.")

(defrecord Op [process type f value index])

(defn op
  "An operation without index."
  [process type f value]
  (->Op process type f value nil))

(defn invoke "An invocation." [process f value] (op process :invoke f value))
(defn ok     "A success."     [process f value] (op process :ok f value))
(defn fail   "A failure."     [process f value] (op process :fail f value))
(defn info   "A shrug."       [process f value] (op process :info f value))

(defn invoke? "Does the operation begin?"          [op] (= :invoke (:type op)))
(defn ok?     "Did the operation happen?"          [op] (= :ok (:type op)))
(defn fail?   "Did the operation not happen?"      [op] (= :fail (:type op)))
(defn info?   "Does nobody know whether it did?"   [op] (= :info (:type op)))

(defn same-process?
  "Are both operations of one process?"
  [a b]
  (= (:process a) (:process b)))

(defn Op->map
  "The operation as a plain map."
  [op]
  (when op (into {} op)))
