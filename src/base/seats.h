// Seats among those who serve people. Few sit at a time, as many as keep processors and database busy: with
// dozens at work at once everybody is served late instead of who came first being served first. Who waits for
// others, a register, a child process, the common COMMIT, stands up meanwhile and needs not wait for a seat
// to go on: for a moment more sit than there are seats, and nobody new sits down.
#pragma once

namespace tongban {

/// Whoever gives seats out: http::Pool.
class Seats {
public:
    virtual void stand_up() = 0;
    virtual void sit_down() = 0;  ///< at once

protected:
    ~Seats() = default;
};

/// For the length of the scope the work of this thread holds one of `seats`, already given to it.
class Seated {
public:
    explicit Seated(Seats& seats);
    ~Seated();
    Seated(Seated const&) = delete;
    Seated& operator=(Seated const&) = delete;
};

/// For the length of the scope the thread is out of its seat; nothing happens on a thread without one. What
/// others may wait for, a connection or the writer's baton, is not held meanwhile.
class OutOfSeat {
public:
    OutOfSeat();
    ~OutOfSeat();
    OutOfSeat(OutOfSeat const&) = delete;
    OutOfSeat& operator=(OutOfSeat const&) = delete;

private:
    Seats* left_;
};

}  // namespace tongban
