import { Body, Controller, Post, ValidationPipe, UsePipes } from '@nestjs/common';
import { Order, STRICT } from './order.js';

@Controller()
@UsePipes(new ValidationPipe({ ...STRICT, transform: true, errorHttpStatusCode: 422 }))
export class OrdersController {
  @Post('/orders')
  add(@Body() order: Order) {
    return order;
  }
}
