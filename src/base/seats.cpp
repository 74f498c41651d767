#include "base/seats.h"

#include <utility>

namespace tongban {

namespace {
thread_local Seats* seated_at = nullptr;
}

Seated::Seated(Seats& seats) {
    seated_at = &seats;
}

Seated::~Seated() {
    seated_at = nullptr;
}

OutOfSeat::OutOfSeat() : left_(std::exchange(seated_at, nullptr)) {
    if (left_ != nullptr) left_->stand_up();
}

OutOfSeat::~OutOfSeat() {
    if (left_ != nullptr) left_->sit_down();
    seated_at = left_;
}

}  // namespace tongban
