import { Body, Controller, created, Post, type Class } from '@sluice/core';
import { VALIBOT_ORDER, ZOD_ORDER } from './order-schemas.js';
import { Order } from './sluice-order.js';

@Controller('/orders')
class ClassController {
  @Post()
  add(@Body() order: Order) {
    return created(order);
  }
}

@Controller('/orders')
class ZodController {
  @Post()
  add(@Body(ZOD_ORDER) order: object) {
    return created(order);
  }
}

@Controller('/orders')
class ValibotController {
  @Post()
  add(@Body(VALIBOT_ORDER) order: object) {
    return created(order);
  }
}

/** The class or schema that describes the body, by flavour. */
export const controllers: Record<string, Class> = {
  main: ClassController,
  zod: ZodController,
  valibot: ValibotController,
};
