package io.mimic.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * One fault, from the servers that it needs to what must be true after it.
 *
 * @param name as on the command line
 * @param losses whether it is a fault that does lose what the buffer held
 * @param preparation starts servers and nodes
 * @param strike lets the fault happen while the load runs
 */
record FaultCase(String name, boolean losses, Preparation preparation, Strike strike) {
    /** Sets the stage up. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Setting setting) throws Exception;
    }

    /** @see #strike() */
    @FunctionalInterface
    interface Strike {
        /** Does it, and returns when the load goes on after it. */
        void strike(Running running) throws Exception;
    }

    /** What a preparation may choose. */
    static final class Setting {
        private final Stage stage;
        private int redisPort;
        private int quietNode = -1;
        private int loseEveryAnswer;

        Setting(Stage stage) {
            this.stage = stage;
        }

        Stage stage() {
            return stage;
        }

        /** Where the sessions' keys are to be looked for at the end; 0: the buffer is not in Redis. */
        int redisPort() {
            return redisPort;
        }

        void redisPort(int port) {
            redisPort = port;
        }

        /** Index of a node that is not expected to record; −1: none. */
        int quietNode() {
            return quietNode;
        }

        void quietNode(int index) {
            quietNode = index;
        }

        /** Of so many answers to batches one is lost on its way; 0: none. */
        int loseEveryAnswer() {
            return loseEveryAnswer;
        }

        void loseEveryAnswer(int of) {
            loseEveryAnswer = of;
        }
    }

    /** A case under way: its stage, its load, and the proof that its fault struck. */
    static final class Running {
        private final Setting setting;
        private final Visitors visitors;
        private final Balancer balancer;
        private final List<String> proof = new ArrayList<>();

        Running(Setting setting, Visitors visitors, Balancer balancer) {
            this.setting = setting;
            this.visitors = visitors;
            this.balancer = balancer;
        }

        Setting setting() {
            return setting;
        }

        Stage stage() {
            return setting.stage();
        }

        Visitors visitors() {
            return visitors;
        }

        Balancer balancer() {
            return balancer;
        }

        /** Waits until so many more batches are acknowledged. */
        void more(int batches) throws Exception {
            stage().more(batches, visitors);
        }

        void proof(String line) {
            proof.add(line);
        }

        List<String> proof() {
            return proof;
        }
    }
}
