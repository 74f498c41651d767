#include "sim/program.h"

int main(int count, char** texts) {
    return tongban::sim::run(count, texts);
}
