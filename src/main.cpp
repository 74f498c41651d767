#include "app/program.h"

int main(int count, char** texts) {
    return tongban::app::run(count, texts);
}
